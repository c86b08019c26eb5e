/**
 * The components that are shared with shadcn/ui: same names, same exports, same places. `@shadcn` is the name that its own
 * command knows that registry by.
 */
export const SHADCN_NAMESPACE = "@shadcn"

/** The folders that components.json gives a project's own names to. */
export type Shelf = "ui" | "lib" | "hooks"

/** How published code imports from them. */
const imported: Readonly<Record<Shelf, string>> = {
  ui: "@/components/ui/",
  lib: "@/lib/",
  hooks: "@/hooks/",
}
const shelves = ["ui", "lib", "hooks"] as const

export interface Shelved {
  readonly shelf: Shelf
  readonly name: string
}

/** What `@/components/ui/button` means; undefined for another path. */
export function shelvedImport(specifier: string): Shelved | undefined {
  const shelf = shelves.find((one) => specifier.startsWith(imported[one]))
  const name = shelf === undefined ? "" : specifier.slice(imported[shelf].length)
  return shelf !== undefined && /^[a-z0-9-]+$/.test(name) ? { shelf, name } : undefined
}

/** What a file is published for that lies wherever the project has its components: `@ui/button.tsx`. */
export function shelvedTarget(target: string): (Shelved & { readonly ending: string }) | undefined {
  const [, word, name = "", ending = ""] = /^@(\w+)\/([a-z0-9-]+)(\.tsx?)$/.exec(target) ?? []
  const shelf = shelves.find((one) => one === word)
  return shelf === undefined ? undefined : { shelf, name, ending }
}

/** Where the item of that name puts its file. */
export function shelfOf(item: string): Shelved {
  if (item === "utils") return { shelf: "lib", name: item }
  return { shelf: item.startsWith("use-") ? "hooks" : "ui", name: item }
}
