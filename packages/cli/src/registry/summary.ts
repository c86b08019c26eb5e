import type { Output } from "../framework/output.ts"
import { findConfig } from "../state/config.ts"
import { readLock } from "../state/lock.ts"
import type { IndexItem } from "./schema.ts"

export interface ItemSummary {
  name: string
  kind: "dock" | "shared"
  title: string | null
  description: string | null
  provider: string | null
  version: string
  tables: readonly string[]
  installed: boolean
}

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
    .sort((a, b) => a.kind.localeCompare(b.kind) || a.name.localeCompare(b.name))
}

export function showItems(items: readonly ItemSummary[], out: Output): void {
  const { style } = out
  const groups = [
    { title: "Docks", kind: "dock" },
    { title: "Shared code, which docks bring along", kind: "shared" },
  ]
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
