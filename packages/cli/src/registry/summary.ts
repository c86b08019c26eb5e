import type * as z from "zod"
import type { Output } from "../framework/output.ts"
import { findConfig } from "../state/config.ts"
import { readLock } from "../state/lock.ts"
import type { IndexItem, itemKind } from "./schema.ts"

export interface ItemSummary {
  name: string
  kind: z.infer<typeof itemKind>
  title: string | null
  description: string | null
  provider: string | null
  version: string
  tables: readonly string[]
  installed: boolean
}

const groups = [
  { title: "Docks", kind: "dock" },
  { title: "To see and serve your rows", kind: "app" },
  { title: "Shared code, which these bring along", kind: "shared" },
] as const

/** Docks first, each by name; marked when the project around `cwd` has them. */
export function summarize(items: readonly IndexItem[], cwd: string): ItemSummary[] {
  const config = findConfig(cwd)
  const installed = config ? readLock(config.dir).lock.items : {}
  return items
    .map(({ name, title, description, meta: { stackdock } }) => ({
      name,
      kind: stackdock.kind,
      title: title ?? stackdock.title ?? null,
      description: description ?? null,
      provider: stackdock.provider ?? null,
      version: stackdock.version,
      tables: stackdock.tables ?? [],
      installed: Object.hasOwn(installed, name),
    }))
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

function rank({ kind }: ItemSummary): number {
  const at = groups.findIndex((group) => group.kind === kind)
  return at === -1 ? groups.length : at
}

/** Components come by themselves where a project lacks them: nobody needs to choose one from a list. */
export function showItems(items: readonly ItemSummary[], out: Output): void {
  const { style } = out
  for (const { title, kind } of groups) {
    const rows = items
      .filter((item) => item.kind === kind)
      .map(({ name, description, title: shown, installed }) => [
        `${installed ? style.tick : " "} ${style.cyan(name)}`,
        description ?? shown ?? "",
      ])
    if (rows.length === 0) continue
    out.print(style.dim(title))
    out.table([{ title: "" }, { title: "" }], rows)
    out.print()
  }
}
