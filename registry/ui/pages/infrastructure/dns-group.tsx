import { Badge } from "@/components/ui/badge"
import { StatusBadge } from "../../badges/status-badge.tsx"
import { durationWords } from "../../format/instants.ts"
import { formatCount } from "../../format/numbers.ts"
import { nameWithin } from "../../format/record-name.ts"
import { RowActions } from "../../operations/actions-menu.tsx"
import { type DnsRecord, type RecordGroup, recordTold, type Zone } from "./dns-records.ts"
import type { EarlyDeeds } from "./use-early-records.ts"

interface DnsGroupProps {
  group: RecordGroup
  by: "type" | "name"
  zone: Zone
  showEarly: EarlyDeeds
}

export function DnsGroup({ group, by, zone, showEarly }: DnsGroupProps) {
  return (
    <section aria-label={`${group.title}: ${group.records.length}`} className="rounded-lg border bg-card">
      <h3 className="flex items-center justify-between border-b bg-muted/40 px-3 py-1.5 text-xs font-medium">
        <span className="wrap-anywhere">{group.title}</span>
        <span className="text-muted-foreground tabular-nums">{formatCount(group.records.length)}</span>
      </h3>
      <ul className="divide-y">
        {group.records.map((record) => (
          <RecordLine key={record.id} record={record} by={by} zone={zone} showEarly={showEarly} />
        ))}
      </ul>
    </section>
  )
}

interface RecordLineProps extends Omit<DnsGroupProps, "group"> {
  record: DnsRecord
}

function RecordLine({ record, by, zone, showEarly }: RecordLineProps) {
  const isEarly = record.id.startsWith("early:")
  return (
    <li className="flex items-start gap-3 px-3 py-2 text-sm" aria-busy={isEarly}>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium break-all" title={record.name}>
            {by === "type" ? nameWithin(record.name, zone.name) : (record.recordType ?? "Other")}
          </span>
          {record.priority !== null && <Badge variant="outline">Priority {record.priority}</Badge>}
          {record.proxied && <Badge variant="secondary">Proxied</Badge>}
          {record.status !== "active" && (
            <StatusBadge table="dnsRecords" status={record.status} providerStatus={record.providerStatus} />
          )}
        </div>
        <code className="mt-0.5 block text-xs break-all">{record.content}</code>
        {record.comment && <p className="mt-0.5 text-xs text-muted-foreground">{record.comment}</p>}
      </div>
      <span className="shrink-0 pt-0.5 text-xs text-muted-foreground tabular-nums">
        {record.ttl === null ? "Auto" : durationWords(record.ttl * 1000)}
      </span>
      {isEarly ? (
        <span className="size-8" />
      ) : (
        <RowActions
          row={record}
          showActionEarly={(_, input) => showEarly.change(record, recordTold(input, zone.name))}
          showRemovalEarly={() => showEarly.remove(record)}
        />
      )}
    </li>
  )
}
