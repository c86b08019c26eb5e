import { showChecks } from "../check/show.ts"
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
    const ok = showChecks(checks, out)
    out.json({ ok, checks })
    return ok ? 0 : 1
  },
})
