import { posix } from "node:path"
import type { Output } from "../framework/output.ts"
import { alignColumns } from "../framework/output.ts"
import type { ResolvedItem } from "../registry/resolve.ts"
import type { AddPlan } from "./add.ts"
import type { FileState } from "./files.ts"

/** What will be copied, where it comes from, whom it will call: read before it is approved. */
export function showAddPlan(plan: AddPlan, out: Output, { everyFile }: { everyFile: boolean }): void {
  const style = out.noteStyle
  const asked = plan.items.filter(({ item }) => plan.names.includes(item.name))
  const brought = plan.items.filter((one) => !plan.names.includes(one.item.name) && !isComponent(one))
  const row = ({ item, registry }: ResolvedItem, name: string) => [
    `  ${name}`,
    item.title ?? "",
    counts(plan, item.name),
    style.dim(registry.name === "bundled" ? "" : `from ${registry.name}`),
  ]
  const rows = [
    ...asked.map((resolved) => row(resolved, style.bold(resolved.item.name))),
    ...brought.map((resolved) => row(resolved, style.dim(resolved.item.name))),
  ]
  out.note()
  for (const line of alignColumns([{ title: "" }, { title: "" }, { title: "" }, { title: "" }], rows, style))
    out.note(line)
  out.note()
  const facts: [string, string][] = [
    ["into", plan.project.root],
    ["with", components(plan)],
    ["calls", allOf(plan, "hosts")],
    ["links to", allOf(plan, "links")],
    ["fills", allOf(plan, "tables")],
    ["packages", packageList(plan)],
    ["reads", plan.code.variables.join(", ")],
  ]
  for (const [name, value] of facts) if (value) out.note(`  ${style.dim(name.padEnd(8))}  ${value}`)
  const kept = plan.files.filter(({ state }) => state === "kept" || state === "adopted")
  if (kept.length > 0) {
    out.note(
      `  ${style.dim("kept".padEnd(8))}  ${kept.map(({ path }) => path).join(", ")} ${style.dim("(changed by you)")}`,
    )
  }
  for (const { item, host, target } of plan.code.unlisted) {
    out.warn(`${target.slice(2)} names the host ${host}, which ${item} does not say that it calls.`)
  }
  for (const { path, before, after } of everyFile ? plan.changes : []) {
    const mark =
      before === undefined ? style.green("+") : after === undefined ? style.red("-") : style.yellow("~")
    out.note(`  ${mark} ${path}`)
  }
  out.note()
}

/** Dozens of them come with a page: one line for all. */
function components({ items, files, names }: AddPlan): string {
  const brought = new Set(
    items.filter((one) => isComponent(one) && !names.includes(one.item.name)).map(({ item }) => item.name),
  )
  const written = files.filter(({ item, state }) => brought.has(item) && state === "create")
  const folders = [...new Set(written.map(({ path }) => posix.dirname(path)))].sort()
  if (written.length === 0) return ""
  return `${written.length === 1 ? "1 component" : `${written.length} components`} in ${folders.join(", ")}`
}

function isComponent({ item }: ResolvedItem): boolean {
  return item.meta.stackdock.kind === "component"
}

function allOf({ items }: AddPlan, what: "hosts" | "links" | "tables"): string {
  return [...new Set(items.flatMap(({ item }) => item.meta.stackdock[what] ?? []))].join(", ")
}

function counts({ files }: AddPlan, name: string): string {
  const words: Record<FileState, string> = {
    create: "new",
    replace: "updated",
    remove: "removed",
    unchanged: "unchanged",
    kept: "kept",
    adopted: "changed by you",
    update: "to be merged",
    conflict: "in conflict",
  }
  return Object.entries(words)
    .map(([state, word]) => ({
      word,
      count: files.filter((file) => file.item === name && file.state === state).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`)
    .join(", ")
}

function packageList({ packages }: AddPlan): string {
  return Object.entries({ ...packages.dependencies, ...packages.devDependencies })
    .map(([name, range]) => `${name}@${range}`)
    .join(", ")
}
