import type { Decision, ProvisionReport } from "../../../../registry/engine/provision-report.ts"
import { defineCommand } from "../framework/command.ts"
import { usageError } from "../framework/error.ts"
import type { Output } from "../framework/output.ts"
import { ago, printable } from "../runtime/format.ts"
import { exitCodeOf, followProvision, printReport, reportJson } from "../runtime/provision-output.ts"
import { withStackdock } from "../runtime/run.ts"

export const command = defineCommand({
  name: "provisionings",
  usage: "[id] [options]",
  args: { min: 0, max: 1 },
  options: {
    dock: { type: "string", value: "<dock>", summary: "Only those of this dock, by name or id" },
    unfinished: { type: "boolean", summary: "Only those that are neither done nor failed" },
    resume: { type: "boolean", summary: "Go on with what is unfinished" },
    adopt: { type: "string", value: "<id>", summary: "It was made: this is its id at the provider" },
    retry: { type: "boolean", summary: "It was not made: make it" },
    abandon: { type: "boolean", summary: "Give it up, and remove what was made" },
    wait: { type: "boolean", summary: "Wait until it is ready" },
  },
  examples: [
    "stackdock provisionings",
    "stackdock provisionings --resume --wait",
    "stackdock provisionings <id> --abandon",
  ],
  run: ({ args: [id], flags, cwd, out }) =>
    withStackdock(cwd, async (stackdock) => {
      const { dock, unfinished, wait } = flags
      const decision = decisionIn(flags)
      if (decision && id === undefined) throw usageError("A decision is about one: give its id, too.")
      if (flags.resume || decision) {
        const follow = followProvision(out)
        try {
          const { signal, onProgress } = follow
          const reports = await stackdock.resume({ id, decision, wait, signal, onProgress })
          follow.stop()
          out.json(reports.map(reportJson))
          for (const report of reports) printReport(report, out)
          if (reports.length === 0) out.note("Nothing is unfinished.")
          return exitCodeOf(reports)
        } finally {
          follow.stop()
        }
      }
      const all = await stackdock.provisionings({ dock, unfinished })
      const reports = id === undefined ? all : all.filter((report) => report.id === id)
      if (id !== undefined && reports.length === 0) {
        throw usageError(`There is no provisioning "${id}".`, "npx stackdock provisionings")
      }
      out.json(reports.map(reportJson))
      if (id === undefined) printTable(reports, out)
      else for (const report of reports) printReport(report, out)
      return 0
    }),
})

function decisionIn(flags: {
  readonly adopt: string | undefined
  readonly retry: boolean
  readonly abandon: boolean
}): Decision | undefined {
  const decisions: Decision[] = [
    ...(flags.adopt === undefined ? [] : [{ kind: "adopt", id: flags.adopt } as const]),
    ...(flags.retry ? [{ kind: "retry" } as const] : []),
    ...(flags.abandon ? [{ kind: "abandon" } as const] : []),
  ]
  if (decisions.length > 1) throw usageError("Only one of --adopt, --retry and --abandon can be right.")
  return decisions[0]
}

function printTable(reports: readonly ProvisionReport[], out: Output): void {
  const { style } = out
  if (reports.length === 0) {
    out.note("Nothing was asked for so far.")
    return
  }
  const colour = (state: ProvisionReport["state"]) =>
    state === "failed" ? style.red : state.endsWith("ed") ? style.green : style.yellow
  out.table(
    [
      { title: "When" },
      { title: "What" },
      { title: "At" },
      { title: "State" },
      { title: "Row" },
      { title: "Id" },
    ],
    reports.map(({ createdAt, kind, provider, state, needsDecision, providerResourceId, resourceId, id }) => [
      ago(createdAt),
      printable([kind, providerResourceId].filter((text) => text !== null).join(" ")),
      provider,
      needsDecision ? style.yellow(`${state}: needs a decision`) : colour(state)(state),
      resourceId ?? style.dim("–"),
      style.dim(id),
    ]),
  )
  for (const { id, error } of reports) {
    if (error) out.print(`${style.dim(id.slice(0, 8))} ${printable(error.message)}`)
  }
}
