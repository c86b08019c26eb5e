import { alignColumns, type Output } from "../framework/output.ts"
import type { UpdatePlan } from "./update.ts"
import type { UpdateState } from "./update-files.ts"

const WORDS: Readonly<Record<Exclude<UpdateState, "unchanged">, string>> = {
  updated: "updated",
  merged: "merged with your edits",
  conflict: "in conflict",
  added: "new",
  removed: "removed",
  left: "yours now: gone upstream",
  deleted: "left deleted",
}

/** What will become of each file: read before it is approved. */
export function showUpdatePlan(plan: UpdatePlan, out: Output, { everyFile }: { everyFile: boolean }): void {
  const style = out.noteStyle
  const rows = plan.items.map(({ name, from, to }) => [
    `  ${style.bold(name)}`,
    from === null ? `${to} ${style.dim("(new)")}` : from === to ? to : `${from} → ${to}`,
    counts(plan, name),
  ])
  out.note()
  for (const line of alignColumns([{ title: "" }, { title: "" }, { title: "" }], rows, style)) out.note(line)
  const packages = Object.entries({ ...plan.packages.dependencies, ...plan.packages.devDependencies })
  if (packages.length > 0) {
    const named = packages.map(([name, range]) => `${name}@${range}`).join(", ")
    out.note(`  ${style.dim("packages")}  ${named}`)
  }
  const marks: Partial<Record<UpdateState, string>> = {
    updated: style.yellow("~"),
    merged: style.cyan("±"),
    conflict: style.red("!"),
    added: style.green("+"),
    removed: style.red("-"),
    left: style.warn,
    deleted: style.dim("·"),
  }
  const shown = plan.files.filter(
    ({ state, from }) =>
      (everyFile && state !== "unchanged") ||
      /^(merged|conflict|left)$/.test(state) ||
      (from !== undefined && state !== "unchanged"),
  )
  if (shown.length > 0) out.note()
  for (const { path, from, state } of shown) {
    const place = from === undefined ? path : `${from} → ${path}`
    out.note(`  ${marks[state] ?? " "} ${place} ${style.dim(state === "unchanged" ? "" : WORDS[state])}`)
  }
  for (const { name, reason } of plan.skipped) out.note(`  ${style.warn} ${name} stays as it is: ${reason}.`)
  out.note()
}

function counts({ files }: UpdatePlan, name: string): string {
  return Object.entries(WORDS)
    .map(([state, word]) => ({
      word,
      count: files.filter((file) => file.item === name && file.state === state).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`)
    .join(", ")
}
