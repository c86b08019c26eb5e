import type { PageFilter, Sort } from "../../engine/reading.ts"
import type { Search } from "../data/navigation.tsx"

/** What of the address says which rows are shown, and in which order. The rest of the address is left alone. */
export const searchKeys = ["q", "provider", "dock", "status", "environment", "removed", "sort"] as const
export type SearchKey = (typeof searchKeys)[number]

/** A filter of which any of several values may hold. */
export type Facet = "provider" | "dock" | "status" | "environment"

export function valuesOf(search: Search, facet: Facet): string[] {
  return (search[facet] ?? "").split(",").filter((value) => value !== "")
}

/** With the value when it was not there, and without it when it was. */
export function toggled(search: Search, facet: Facet, value: string): string | undefined {
  const values = valuesOf(search, facet)
  const others = values.filter((other) => other !== value)
  return (others.length < values.length ? others : [...values, value]).join(",") || undefined
}

/** What the address lets through. What the page has decided itself, the address does not change. */
export function filterOf(search: Search, page: PageFilter = {}): PageFilter {
  return {
    ...(search["q"] ? { text: search["q"] } : {}),
    ...chosen("providers", valuesOf(search, "provider")),
    ...chosen("docks", valuesOf(search, "dock")),
    ...chosen("statuses", valuesOf(search, "status")),
    ...chosen("environments", valuesOf(search, "environment")),
    ...(search["removed"] ? { deleted: true } : {}),
    ...page,
  }
}

function chosen(key: "providers" | "docks" | "statuses" | "environments", values: string[]): PageFilter {
  return values.length > 0 ? { [key]: values } : {}
}

/** How many kinds of filter are on; the order of rows is none. */
export function countFilters(search: Search): number {
  return searchKeys.filter((key) => key !== "sort" && search[key]).length
}

/** Takes every filter away. */
export const withoutFilters: Record<Exclude<SearchKey, "sort">, undefined> = {
  q: undefined,
  provider: undefined,
  dock: undefined,
  status: undefined,
  environment: undefined,
  removed: undefined,
}

/** `-updatedAt` in the address is "by updatedAt, descending". */
export function sortOf(search: Search): Sort | undefined {
  const written = search["sort"]
  if (!written) return undefined
  return written.startsWith("-") ? { column: written.slice(1), descending: true } : { column: written }
}

export function sortText({ column, descending }: Sort): string {
  return descending ? `-${column}` : column
}

/** What of the address a saved view keeps. */
export function keptSearch(search: Search): Partial<Record<SearchKey, string>> {
  const kept: Partial<Record<SearchKey, string>> = {}
  for (const key of searchKeys) {
    const value = search[key]
    if (value) kept[key] = value
  }
  return kept
}
