import { defineCommand, dryRunOption, yesOption } from "../framework/command.ts"
import { CliError } from "../framework/error.ts"
import { printable } from "../runtime/format.ts"
import { rowOf } from "../runtime/operation-help.ts"
import {
  exitCodeOf,
  followProvision,
  printRehearsal,
  printReport,
  reportJson,
} from "../runtime/provision-output.ts"
import { withStackdock } from "../runtime/run.ts"

export const command = defineCommand({
  name: "deprovision",
  usage: "<resourceId> [options]",
  args: { min: 1, max: 1 },
  options: {
    dryRun: dryRunOption,
    wait: { type: "boolean", summary: "Wait until it is gone" },
    yes: yesOption,
  },
  examples: ["stackdock deprovision servers_12", "stackdock deprovision servers_12 --wait --yes"],
  run: ({ args: [resourceId = ""], flags, cwd, out, ask }) =>
    withStackdock(cwd, async (stackdock) => {
      const { name, provider } = await rowOf(stackdock, resourceId)
      // Says before the question whether it can be done at all.
      const steps = await stackdock.rehearse({ of: "deprovision", resourceId })
      if (flags.dryRun) {
        printRehearsal(steps, out)
        return 0
      }
      if (!flags.yes) {
        const question = `Remove "${printable(name)}" (${resourceId}) at ${provider}? It cannot be brought back.`
        const sure = await ask.confirm(question, { answeredBy: "--yes" })
        if (!sure) throw new CliError({ code: "declined", message: "Nothing was removed.", exitCode: 3 })
      }
      const follow = followProvision(out)
      try {
        const { signal, onProgress } = follow
        const report = await stackdock.deprovision({ resourceId, wait: flags.wait, signal, onProgress })
        follow.stop()
        out.json(reportJson(report))
        printReport(report, out)
        return exitCodeOf([report])
      } finally {
        follow.stop()
      }
    }),
})
