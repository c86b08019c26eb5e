import type { ListedResource } from "../../../engine/reading.ts"
import { ProviderMark } from "../../badges/provider-mark.tsx"
import { useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"

/** A row by its name, with the sign of its provider, and its account where there are several. */
export function RowLink({ row }: { row: ListedResource }) {
  const account = useAccount(row)
  return (
    <>
      <span className="flex min-w-0 items-center gap-2">
        <ProviderMark provider={row.provider} />
        <PlaceLink
          to={{ page: "resource", id: row.id }}
          className="max-w-40 truncate sm:max-w-64 rounded-sm font-medium hover:underline focus-visible:outline-2 focus-visible:outline-ring"
        >
          {row.name}
        </PlaceLink>
      </span>
      {account && <p className="ml-6 max-w-40 truncate text-muted-foreground text-xs">{account}</p>}
    </>
  )
}

/** The name of a row's account; null where its provider has no other, and the provider's sign says as much. */
export function useAccount({ dockId, provider }: ListedResource): string | null {
  const docks = useRead("docks", {}).data?.filter((dock) => dock.provider === provider) ?? []
  return docks.length > 1 ? (docks.find(({ id }) => id === dockId)?.name ?? null) : null
}
