import type { AuditPage, AuditRequest } from "../../../engine/reading.ts"
import type { AuditEntry } from "../../../schema/audit-log.ts"
import { csvOf } from "../../table/csv.ts"
import type { AuditFilter } from "./activity-filter.ts"

/** As many as the port gives at once. */
const AT_ONCE = 500

const columns = [
  "at",
  "actor",
  "action",
  "targetTable",
  "targetId",
  "result",
  "errorCode",
  "requestId",
] as const

/** Everything that the filter lets through, page after page. */
export async function readLog(
  read: (request: AuditRequest) => Promise<AuditPage>,
  filter: AuditFilter,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (entries: number) => void },
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = []
  let after: string | undefined
  for (;;) {
    const page = await read({ ...filter, after, limit: AT_ONCE })
    signal.throwIfAborted()
    entries.push(...page.entries)
    onProgress(entries.length)
    if (page.next === null) return entries
    after = page.next
  }
}

export function logFile(
  format: "csv" | "json",
  entries: readonly AuditEntry[],
): { text: string; type: string } {
  if (format === "json") return { text: `${JSON.stringify(entries, null, 2)}\n`, type: "application/json" }
  const titled = columns.map((column) => ({ title: column, value: (entry: AuditEntry) => entry[column] }))
  // A spreadsheet takes UTF-8 for something else unless the file begins with its mark.
  return { text: `\uFEFF${csvOf(titled, entries)}`, type: "text/csv;charset=utf-8" }
}
