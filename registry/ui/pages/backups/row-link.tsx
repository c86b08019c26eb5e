import type { ListedResource } from "../../../engine/reading.ts"
import { ProviderMark } from "../../badges/provider-mark.tsx"
import { PlaceLink } from "../../data/navigation.tsx"

/** A row by its name, with the sign of its provider. */
export function RowLink({ row }: { row: ListedResource }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <ProviderMark provider={row.provider} />
      <PlaceLink
        to={{ page: "resource", id: row.id }}
        className="max-w-40 truncate sm:max-w-64 rounded-sm font-medium hover:underline focus-visible:outline-2 focus-visible:outline-ring"
      >
        {row.name}
      </PlaceLink>
    </span>
  )
}
