import type { TableCounts } from "../../../engine/reading.ts"
import { ProviderBadge } from "../../badges/provider-mark.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { formatCount } from "../../format/numbers.ts"
import { tableNoun } from "../../format/words.ts"
import { Section } from "../../page/page.tsx"
import { byProvider } from "./by-provider.ts"

/** What of it is at which provider. */
export function ProviderCounts({ counts }: { counts: readonly TableCounts[] }) {
  return (
    <Section title="By provider">
      <ul className="-my-4 divide-y">
        {byProvider(counts).map(({ provider, total, tables }) => (
          <li key={provider} className="py-3 text-sm">
            <div className="flex items-center justify-between gap-3 font-medium">
              <ProviderBadge provider={provider} />
              <span className="tabular-nums">{formatCount(total)}</span>
            </div>
            <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5">
              {tables.map(({ table, count }) => (
                <li key={table}>
                  <PlaceLink
                    to={{ page: "table", table, search: { provider } }}
                    className="rounded-sm text-muted-foreground hover:text-foreground hover:underline focus-visible:outline-2 focus-visible:outline-ring"
                  >
                    {tableNoun(table, count)}
                  </PlaceLink>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Section>
  )
}
