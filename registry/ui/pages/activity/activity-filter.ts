import type { AuditRequest } from "../../../engine/reading.ts"
import type { Search } from "../../data/navigation.tsx"

export type AuditFilter = Omit<AuditRequest, "after" | "limit">

/** What narrows the log, as it stands in the address. */
export const filterKeys = ["actor", "action", "result", "table", "target", "from", "to"] as const
export type FilterKey = (typeof filterKeys)[number]

const results = ["succeeded", "failed", "denied"] as const

/** What the address asks for. Words that nobody could have chosen are left out instead of asked. */
export function filterOf(search: Search): AuditFilter {
  const result = results.find((word) => word === search["result"])
  const since = startOfDay(search["from"])
  const until = endOfDay(search["to"])
  return {
    ...given("actor", search["actor"]),
    ...given("action", search["action"]),
    ...given("targetTable", search["table"]),
    ...given("targetId", search["target"]),
    ...(result ? { result } : {}),
    ...given("since", since),
    ...given("until", until),
  }
}

export function isNarrowed(search: Search): boolean {
  return filterKeys.some((key) => search[key])
}

/** Takes every filter away. */
export const withoutFilters = Object.fromEntries(filterKeys.map((key) => [key, undefined]))

function given<Key extends string>(key: Key, value: string | undefined): Partial<Record<Key, string>> {
  return value ? ({ [key]: value } as Record<Key, string>) : {}
}

/** A day is a day where the reader is: `2026-03-04` from its first millisecond there. */
function startOfDay(day: string | undefined): string | undefined {
  return instantOf(day, 0)
}

function endOfDay(day: string | undefined): string | undefined {
  return instantOf(day, 1, -1)
}

function instantOf(day: string | undefined, days: number, ms = 0): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? "")
  if (!parts) return undefined
  const at = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + days, 0, 0, 0, ms)
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
