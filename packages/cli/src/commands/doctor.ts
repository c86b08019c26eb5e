import { defineCommand } from "../framework/command.ts"
import { runChecks } from "../plan/doctor.ts"
import { openProject } from "../plan/open-project.ts"

export const command = defineCommand({
  name: "doctor",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options: {},
  examples: ["stackdock doctor", "stackdock doctor --json"],
  async run({ cwd, out }) {
    const open = await openProject(cwd, out)
    const checks = await runChecks(open)
    const { style } = out
    for (const { title, state, problems, fix } of checks) {
      const mark = { good: style.tick, notice: style.warn, bad: style.cross }[state]
      out.print(`${mark} ${title}`)
      for (const problem of problems) out.print(`    ${problem}`)
      if (fix !== undefined) out.print(`    ${style.dim("→")} ${fix}`)
    }
    const ok = checks.every(({ state }) => state !== "bad")
    out.json({ ok, checks })
    return ok ? 0 : 1
  },
})
