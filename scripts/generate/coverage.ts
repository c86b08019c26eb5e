import type { AnyDock } from "../../registry/core/dock.ts"
import type { Provision } from "../../registry/core/provision.ts"
import { type ResourceTableName, resourceTables } from "../../registry/schema/index.ts"
import { publishedDocks } from "./items.ts"
import { markdownTable } from "./markdown-table.ts"

/** `docs/coverage.md`: provider by table by operation, as the docks themselves say it. */
export function coverage(): string {
  const tables = Object.values(resourceTables).map(({ name }) => name)
  const filled = tables.filter((table) => publishedDocks.some((dock) => dock.sync[table]))
  return [
    "# Coverage",
    "",
    "What each dock reads, makes, removes and does, table by table. This page is built from the docks (`npm run generate`).",
    "",
    markdownTable(
      ["Table", ...publishedDocks.map(({ title }) => title)],
      filled.map((table) => [`\`${table}\``, ...publishedDocks.map((dock) => operations(dock, table))]),
    ),
    "",
    "**reads**: filled by `sync`. **makes**: kinds of `provision`; ◦ marks one with a step that cannot be found again after an interruption, so that a",
    "person decides. **removes**: `deprovision`. **does**: names of `action`.",
    ...publishedDocks.flatMap(details),
    "",
  ].join("\n")
}

function operations(dock: AnyDock, table: ResourceTableName): string {
  const kinds = kindsIn(dock, table)
  const actions = Object.keys(dock.actions?.[table] ?? {})
  const parts = [
    dock.sync[table] ? "reads" : "",
    kinds.length > 0
      ? `makes ${kinds.map(([name, kind]) => `\`${name}\`${isBlind(kind) ? " ◦" : ""}`).join(", ")}`
      : "",
    kinds.length > 0 ? "removes" : "",
    actions.length > 0 ? `does ${actions.length}` : "",
  ]
  return parts.filter(Boolean).join("; ") || "–"
}

function details(dock: AnyDock): string[] {
  const actions = Object.entries(dock.actions ?? {}).flatMap(([table, ofTable]) =>
    Object.entries(ofTable).map(([name, { title }]) => [`\`${table}\``, `\`${name}\``, title]),
  )
  if (actions.length === 0) return []
  return ["", `## ${dock.title}`, "", markdownTable(["Table", "Action", "What it does"], actions)]
}

function kindsIn(dock: AnyDock, table: ResourceTableName): [string, Provision][] {
  return Object.entries(dock.provision ?? {}).filter(([, kind]) => kind.table === table)
}

function isBlind({ steps }: Provision): boolean {
  return steps.some((step) => !step.find)
}
