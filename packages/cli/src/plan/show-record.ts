import type { Output } from "../framework/output.ts"
import { count, printable } from "../runtime/format.ts"
import type { RecordPlan } from "./record.ts"

/** What was replaced, never with what it was, and which files that makes: read before it is approved. */
export function showRecordPlan(
  { changes, replaced, replayed, isShortened, unheeded }: RecordPlan,
  out: Output,
  all: boolean,
): void {
  const style = out.noteStyle
  out.note()
  out.note(style.bold("Replaced"))
  for (const { kind, values, fields } of replaced) {
    const some = fields.slice(0, 3).join(", ")
    const more = fields.length > 3 ? `, and ${count(fields.length - 3)} more fields` : ""
    out.note(`  ${count(values).padStart(4)} ${kind}  ${style.dim(printable(some + more))}`)
  }
  if (replaced.length === 0) out.note(`  ${style.dim("nothing")}`)
  for (const path of unheeded) out.warn(`--treat names ${path}, and there is no such field.`)
  out.note()
  const states = changes.map(({ before, after }) =>
    before === undefined ? "new" : before === after ? "same" : "changed",
  )
  for (const [index, { path }] of changes.entries()) {
    const state = states[index]
    if (state === "new") out.note(`  ${style.green("+")} ${path}`)
    else if (state === "changed") out.note(`  ${style.yellow("~")} ${path}`)
    else if (all) out.note(`    ${style.dim(path)}`)
  }
  if (isShortened)
    out.note(`  ${style.dim("Lists are shortened to what shows their shape and their paging.")}`)
  for (const { request } of replayed.missing)
    out.warn(`The dock also asks for ${printable(request)}, which is not recorded.`)
  const { error } = replayed.report.scopes.find((scope) => scope.error) ?? {}
  if (error && replayed.missing.length === 0)
    out.warn(`Replayed, the dock fails: ${printable(error.message)}`)
  out.note()
}

export function recordDocument(
  { changes, replaced, replayed, isShortened }: RecordPlan,
  left: readonly string[],
  dryRun: boolean,
) {
  const written = changes.filter(({ before, after }) => before !== after).map(({ path }) => path)
  const unchanged = changes.filter(({ before, after }) => before === after).map(({ path }) => path)
  return { written, unchanged, replaced, isShortened, missing: replayed.missing, left, dryRun }
}
