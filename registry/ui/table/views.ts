import { type SearchKey, searchKeys } from "./search.ts"

/** A table as somebody likes to see it: its filters, its order, and its columns. */
export interface SavedView {
  name: string
  search: Partial<Record<SearchKey, string>>
  /** Columns that are shown; null for those that are shown anyway. */
  columns: string[] | null
}

/** A view of the same name takes the place of the old one. Names are compared as people read them. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const named = { ...view, name: view.name.trim() }
  return [...withoutView(views, named.name), named].sort((a, b) => a.name.localeCompare(b.name))
}

export function withoutView(views: readonly SavedView[], name: string): SavedView[] {
  return views.filter((view) => view.name.toLowerCase() !== name.toLowerCase())
}

/** Whether the table is shown as the view has it. */
export function isShown(view: SavedView, search: SavedView["search"], columns: string[] | null): boolean {
  return (
    searchKeys.every((key) => (view.search[key] ?? "") === (search[key] ?? "")) &&
    (view.columns?.join() ?? "") === (columns?.join() ?? "")
  )
}

/** What a view sets in the address: also what it does not filter by. */
export function searchOf(view: SavedView): Record<SearchKey, string | undefined> {
  const entries = searchKeys.map((key) => [key, view.search[key]] as const)
  return Object.fromEntries(entries) as Record<SearchKey, string | undefined>
}

/** Views as the browser kept them: anybody may have written there, so what is no view is left out. */
export function viewsIn(kept: unknown): SavedView[] {
  if (!Array.isArray(kept)) return []
  return kept.flatMap((view: unknown) => {
    if (typeof view !== "object" || view === null) return []
    const { name, search, columns } = view as Record<string, unknown>
    if (typeof name !== "string" || name.trim() === "") return []
    return [{ name, search: searchIn(search), columns: wordsIn(columns) }]
  })
}

function searchIn(kept: unknown): SavedView["search"] {
  if (typeof kept !== "object" || kept === null) return {}
  const texts = Object.entries(kept).filter(
    (entry): entry is [SearchKey, string] =>
      searchKeys.includes(entry[0] as SearchKey) && typeof entry[1] === "string",
  )
  return Object.fromEntries(texts)
}

/** A list of words, as the browser kept it. */
export function wordsIn(kept: unknown): string[] | null {
  return Array.isArray(kept) ? kept.filter((word) => typeof word === "string") : null
}
