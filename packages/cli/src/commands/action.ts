import type { Operation } from "../../../../registry/engine/provision-report.ts"
import type { Stackdock } from "../../../../registry/engine/stackdock.ts"
import { defineCommand, dryRunOption, yesOption } from "../framework/command.ts"
import { CliError } from "../framework/error.ts"
import { printable } from "../runtime/format.ts"
import { cancelOnInterrupt } from "../runtime/interrupt.ts"
import { fieldsHelp, operationNamed, operationsHelp, rowOf } from "../runtime/operation-help.ts"
import { printRehearsal, printShown, reportJson } from "../runtime/provision-output.ts"
import { inputOptions, readInput } from "../runtime/read-input.ts"
import { withStackdock } from "../runtime/run.ts"

export const command = defineCommand({
  name: "action",
  usage: "<resourceId> <action> [options]",
  args: { min: 2, max: 2 },
  options: { ...inputOptions, dryRun: dryRunOption, yes: yesOption },
  examples: [
    "stackdock action webServices_3 --help",
    "stackdock action webServices_3 purgeCache",
    "stackdock action dnsRecords_8 update --set ttl=300",
  ],
  helpFor: ({ args: [resourceId = "", action], cwd }) =>
    withStackdock(cwd, async (stackdock) => {
      const { actions } = await actionsOf(stackdock, resourceId)
      return action === undefined
        ? operationsHelp("Actions", actions)
        : fieldsHelp(operationNamed(actions, action, "action"))
    }),
  run: ({ args: [resourceId = "", action = ""], flags, cwd, out, ask }) =>
    withStackdock(cwd, async (stackdock) => {
      const { name, actions } = await actionsOf(stackdock, resourceId)
      const { fields, title, isDisruptive } = operationNamed(actions, action, "action")
      const input = await readInput(fields, flags, cwd, ask)
      if (flags.dryRun) {
        printRehearsal(await stackdock.rehearse({ of: "action", resourceId, action, input }), out)
        return 0
      }
      if (isDisruptive && !flags.yes) {
        const question = `${title} "${printable(name)}" (${resourceId})?`
        const sure = await ask.confirm(question, { answeredBy: "--yes" })
        if (!sure) throw new CliError({ code: "declined", message: "Nothing was done.", exitCode: 3 })
      }
      const interrupt = cancelOnInterrupt(() => out.note("Stopping … press Ctrl-C again to kill."))
      try {
        const report = await stackdock.act({ resourceId, action, input, signal: interrupt.signal })
        out.json(reportJson(report))
        out.print(`${out.style.tick} ${printable(report.message)}`)
        printShown(report.shows, out)
        return 0
      } finally {
        interrupt.stop()
      }
    }),
})

async function actionsOf(
  stackdock: Stackdock,
  resourceId: string,
): Promise<{ name: string; actions: Operation[] }> {
  const { name, provider } = await rowOf(stackdock, resourceId)
  const { actions } = stackdock.operations(provider)
  return { name, actions: actions.filter(({ table }) => resourceId.startsWith(`${table}_`)) }
}
