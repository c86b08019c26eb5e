import type { ResourceTableName } from "../../../schema/index.ts"
import { ProviderMark } from "../../badges/provider-mark.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { tableTitle } from "../../format/words.ts"
import { Section } from "../../page/page.tsx"
import type { Makeable } from "./makeable.ts"

/** All that can be made, table by table, with where. */
export function KindChoice({ makeable }: { makeable: ReadonlyMap<ResourceTableName, readonly Makeable[]> }) {
  return (
    <div className="gap-4 md:columns-2 2xl:columns-3">
      {[...makeable].map(([table, kinds]) => (
        <Section key={table} title={tableTitle(table)} className="mb-4 break-inside-avoid">
          <ul className="-m-2 flex flex-col">
            {kinds.flatMap((of) =>
              of.docks.map((dock) => (
                <li key={`${of.kind.name} ${dock.id}`}>
                  <PlaceLink
                    to={{ page: "provision", kind: of.kind.name, dock: dock.id }}
                    className="flex items-center gap-3 rounded-md px-2 py-1.5 text-sm hover:bg-accent focus-visible:outline-2 focus-visible:outline-ring"
                  >
                    <ProviderMark provider={of.provider.provider} size={18} />
                    <span className="min-w-0 flex-1">{of.kind.title}</span>
                    <span className="max-w-[45%] truncate text-muted-foreground">{dock.name}</span>
                  </PlaceLink>
                </li>
              )),
            )}
          </ul>
        </Section>
      ))}
    </div>
  )
}
