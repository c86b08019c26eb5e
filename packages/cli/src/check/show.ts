import type { Output } from "../framework/output.ts"

/** One thing that must hold, and how to mend it where it does not. */
export interface Check {
  readonly title: string
  /** `notice`: worth knowing, nothing to mend. */
  readonly state: "good" | "notice" | "bad"
  readonly problems: readonly string[]
  /** What to type or do. */
  readonly fix?: string
}

/** Prints them; whether none is bad. */
export function showChecks(checks: readonly Check[], out: Output): boolean {
  const { style } = out
  for (const { title, state, problems, fix } of checks) {
    const mark = { good: style.tick, notice: style.warn, bad: style.cross }[state]
    out.print(`${mark} ${title}`)
    for (const problem of problems) out.print(`    ${problem}`)
    if (fix !== undefined) out.print(`    ${style.dim("→")} ${fix}`)
  }
  return checks.every(({ state }) => state !== "bad")
}
