import type { ListedResource, PageRequest, ResourcePage } from "../../engine/reading.ts"
import { csvOf, type ExportColumn } from "./csv.ts"

/** As many as the port gives at once. */
const atOnce = 500

/** How far an export is. */
export interface ExportProgress {
  done: number
  total: number
}

/**
 * Everything that the filter lets through, page after page. A row that moves to another page meanwhile comes once; one
 * that moves to a page before may be missed, as it may by a person who scrolls.
 */
export async function readAll(
  read: (request: PageRequest) => Promise<ResourcePage>,
  request: Omit<PageRequest, "offset" | "limit">,
  { signal, onProgress }: { signal: AbortSignal; onProgress(progress: ExportProgress): void },
): Promise<ListedResource[]> {
  const rows = new Map<string, ListedResource>()
  for (let offset = 0; ; offset += atOnce) {
    const page = await read({ ...request, offset, limit: atOnce })
    signal.throwIfAborted()
    for (const row of page.rows) rows.set(row.id, row)
    onProgress({ done: Math.min(offset + page.rows.length, page.total), total: page.total })
    if (page.rows.length === 0 || offset + page.rows.length >= page.total) return [...rows.values()]
  }
}

/** The columns of the table for a spreadsheet; everything a row has for a program. */
export function fileOf(
  format: "csv" | "json",
  rows: readonly ListedResource[],
  columns: readonly ExportColumn<ListedResource>[],
): { text: string; type: string } {
  if (format === "json") return { text: `${JSON.stringify(rows, null, 2)}\n`, type: "application/json" }
  // A spreadsheet takes UTF-8 for something else unless the file begins with its mark.
  return { text: `\uFEFF${csvOf(columns, rows)}`, type: "text/csv;charset=utf-8" }
}
