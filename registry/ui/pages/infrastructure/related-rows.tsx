import { CopyCheck } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import type { ListedResource, RelatedRows } from "../../../engine/reading.ts"
import { ProviderMark } from "../../badges/provider-mark.tsx"
import { StatusBadge } from "../../badges/status-badge.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { formatCount } from "../../format/numbers.ts"
import { Section } from "../../page/page.tsx"
import { DockName } from "./dock-name.tsx"
import { tellingOf } from "./telling.ts"

/** As many as are shown of a group at first. */
const few = 8

const order: RelatedRows["relation"][] = ["duplicate", "whole", "part", "same"]

/** What belongs together: parts, the whole, the same thing elsewhere. Each row stays what its own account told. */
export function Related({ related }: { related: readonly RelatedRows[] }) {
  const groups = related
    .filter(({ rows }) => rows.length > 0)
    .sort((a, b) => order.indexOf(a.relation) - order.indexOf(b.relation))
  return groups.map((group) => (
    <Group key={`${group.table} ${group.relation} ${group.because}`} group={group} />
  ))
}

function Group({ group }: { group: RelatedRows }) {
  const { table, relation, because, rows, total } = group
  const [isOpen, setOpen] = useState(rows.length <= few)
  const isElsewhere = relation === "same" || relation === "duplicate"
  return (
    <Section
      title={because}
      description={
        relation === "duplicate"
          ? "More than one account claims the same thing. Each row is kept as its account told it; nothing is merged."
          : undefined
      }
      actions={
        <span className="flex items-center gap-1.5 text-xs text-muted-foreground tabular-nums">
          {relation === "duplicate" && <CopyCheck aria-hidden className="size-3.5 text-warning" />}
          {formatCount(total)}
        </span>
      }
    >
      <ul className="-my-2 divide-y text-sm">
        {(isOpen ? rows : rows.slice(0, few)).map((row) => (
          <Line key={row.id} row={row} table={table} showsDock={isElsewhere} />
        ))}
      </ul>
      {!isOpen && rows.length > few && (
        <Button variant="ghost" size="sm" className="mt-3" onClick={() => setOpen(true)}>
          Show {formatCount(rows.length - few)} more
        </Button>
      )}
      {isOpen && total > rows.length && (
        <p className="mt-4 text-xs text-muted-foreground">
          These are the first {formatCount(rows.length)} of {formatCount(total)}.
        </p>
      )}
    </Section>
  )
}

interface LineProps {
  row: ListedResource
  table: RelatedRows["table"]
  showsDock: boolean
}

function Line({ row, table, showsDock }: LineProps) {
  const telling = tellingOf(table, row)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <span className="flex min-w-0 items-center gap-2">
        <ProviderMark provider={row.provider} />
        <PlaceLink
          to={{ page: "resource", id: row.id }}
          className="truncate rounded-sm font-medium hover:underline focus-visible:outline-2 focus-visible:outline-ring"
        >
          {row.name}
        </PlaceLink>
      </span>
      {telling && <span className="min-w-0 truncate text-xs text-muted-foreground">{telling}</span>}
      <span className="ml-auto flex items-center gap-3">
        {showsDock && <DockName id={row.dockId} provider={row.provider} />}
        <StatusBadge table={table} status={row.status} providerStatus={row.providerStatus} />
      </span>
    </li>
  )
}
