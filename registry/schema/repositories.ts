import { flag, instant, oneOf, type Row, resourceTable, text } from "./table.ts"

export const repositories = resourceTable({
  name: "repositories",
  description: "Source repositories.",
  statuses: ["active", "archived", "disabled", "unknown"],
  columns: {
    fullName: text(),
    url: text(),
    defaultBranch: text(),
    visibility: oneOf(["public", "private", "internal"]),
    isFork: flag(),
    language: text(),
    pushedAt: instant(),
  },
  searched: ["fullName", "url"],
  lookups: ["url"],
  restless: ["pushedAt"],
})
export type Repository = Row<typeof repositories>
