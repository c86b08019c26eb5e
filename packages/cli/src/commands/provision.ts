import { defineCommand, dryRunOption } from "../framework/command.ts"
import { fieldsHelp, operationNamed, operationsHelp, providerOf } from "../runtime/operation-help.ts"
import {
  exitCodeOf,
  followProvision,
  printRehearsal,
  printReport,
  reportJson,
} from "../runtime/provision-output.ts"
import { inputOptions, readInput } from "../runtime/read-input.ts"
import { withStackdock } from "../runtime/run.ts"

export const command = defineCommand({
  name: "provision",
  usage: "<dock> <kind> [options]",
  args: { min: 2, max: 2 },
  options: {
    ...inputOptions,
    dryRun: dryRunOption,
    wait: { type: "boolean", summary: "Wait until it is ready" },
    idempotencyKey: { type: "string", value: "<key>", summary: "With the same key it is made only once" },
  },
  examples: [
    "stackdock provision vercel --help",
    "stackdock provision vercel dnsRecord --help",
    "stackdock provision gridpane server --file server.json --wait",
  ],
  helpFor: ({ args: [dock = "", kind], cwd }) =>
    withStackdock(cwd, async (stackdock) => {
      const { kinds } = stackdock.operations(await providerOf(stackdock, dock))
      return kind === undefined
        ? operationsHelp("Kinds", kinds)
        : fieldsHelp(operationNamed(kinds, kind, "kind"))
    }),
  run: ({ args: [dock = "", kind = ""], flags, cwd, out, ask }) =>
    withStackdock(cwd, async (stackdock) => {
      const { kinds } = stackdock.operations(await providerOf(stackdock, dock))
      const { fields } = operationNamed(kinds, kind, "kind")
      const input = await readInput(fields, flags, cwd, ask)
      if (flags.dryRun) {
        printRehearsal(await stackdock.rehearse({ of: "provision", dock, kind, input }), out)
        return 0
      }
      const { idempotencyKey, wait } = flags
      const follow = followProvision(out)
      try {
        const { signal, onProgress } = follow
        const report = await stackdock.provision({
          dock,
          kind,
          input,
          idempotencyKey,
          wait,
          signal,
          onProgress,
        })
        follow.stop()
        out.json(reportJson(report))
        printReport(report, out)
        return exitCodeOf([report])
      } finally {
        follow.stop()
      }
    }),
})
