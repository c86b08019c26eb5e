import type { DockReport } from "../../engine/stackdock.ts"
import { formatCount } from "../format/numbers.ts"
import { tableNoun, tableTitle, tableWord } from "../format/words.ts"
import type { SyncProgress } from "../operations/sync-progress.ts"

/** How far a sync is, in a line: `40 of 120 servers`. */
export function progressWords({ tables }: SyncProgress): string {
  const [table, progress] = [...tables].filter(([, { isUnderWay }]) => isUnderWay).at(-1) ?? []
  if (!table || !progress || progress.scopes.size === 0)
    return table ? tableTitle(table) : "asking the provider"
  const { fetched, total } = progress
  return total !== undefined && total > fetched
    ? `${formatCount(fetched)} of ${tableNoun(table, total)}`
    : fetched === 0
      ? tableWord(table, "many")
      : tableNoun(table, fetched)
}

/** How a sync ended, in a sentence. */
export function reportWords(name: string, { status, scopes, error }: DockReport): string {
  const sum = (count: "inserted" | "updated" | "deleted") =>
    scopes.reduce((total, scope) => total + scope[count], 0)
  const changes = [
    [sum("inserted"), "added"],
    [sum("updated"), "changed"],
    [sum("deleted"), "removed"],
  ] as const
  const changed = changes.flatMap(([count, word]) => (count > 0 ? [`${formatCount(count)} ${word}`] : []))
  const what = changed.length > 0 ? changed.join(", ") : "nothing has changed"
  switch (status) {
    case "succeeded":
      return `${name} is synced: ${what}.`
    case "partial":
      return `${name} is synced in part: ${what}. Some of it could not be read.`
    case "stopped":
      return `${name} waits for a decision: a sync would remove much of what is there.`
    case "canceled":
      return `The sync of ${name} was cancelled.`
    case "busy":
      return `${name} is being synced already.`
    case "failed":
      return `${name} could not be synced${error ? `: ${error.message}` : "."}`
  }
}
