import type { ResourceView } from "../../../engine/reading.ts"
import { EnvironmentBadge } from "../../badges/environment-badge.tsx"
import { columnTitle } from "../../format/words.ts"
import { Section } from "../../page/page.tsx"
import { FieldValue } from "./field-value.tsx"
import { namedRow, ownFields } from "./row-fields.ts"

/** What the provider tells in the universal columns, and what it does not. */
export function UniversalFields({ view }: { view: ResourceView }) {
  const { told, untold } = ownFields(view.row)
  return (
    <Section title="Details">
      {told.length > 0 && (
        <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-2 xl:grid-cols-3">
          {told.map(([column, value]) => (
            <div key={column} className="min-w-0">
              <dt className="text-xs text-muted-foreground">{columnTitle(column)}</dt>
              <dd className="mt-0.5 wrap-anywhere">
                {column === "environment" ? (
                  <EnvironmentBadge environment={String(value)} />
                ) : (
                  <FieldValue column={column} value={value} names={namedRow(view.row, value, view.related)} />
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {untold.length > 0 && (
        <p className="mt-4 text-xs text-muted-foreground first:mt-0">
          Not told by the provider: {untold.map((column) => columnTitle(column)).join(", ")}.
        </p>
      )}
    </Section>
  )
}
