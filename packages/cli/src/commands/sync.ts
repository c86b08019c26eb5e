import type { SyncReport } from "../../../../registry/engine/stackdock.ts"
import { defineCommand, dryRunOption } from "../framework/command.ts"
import { cancelOnInterrupt } from "../runtime/interrupt.ts"
import { tableNamed, withStackdock } from "../runtime/run.ts"
import { syncProgress } from "../runtime/sync-progress.ts"
import { printSummary } from "../runtime/sync-summary.ts"

export const command = defineCommand({
  name: "sync",
  usage: "[dock...] [options]",
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  options: {
    table: { type: "string", value: "<table>", multiple: true, summary: "Only this table; may be repeated" },
    dryRun: dryRunOption,
    allowMassDelete: { type: "boolean", summary: "Delete rows even when most of a listing is gone" },
  },
  examples: [
    "stackdock sync",
    "stackdock sync agency --table servers --table domains",
    "stackdock sync --json",
  ],
  run: ({ args, flags, cwd, out }) =>
    withStackdock(cwd, async (stackdock) => {
      const tables = flags.table.map((table) => tableNamed(stackdock, table))
      const progress = syncProgress(out)
      const interrupt = cancelOnInterrupt(progress.onInterrupt)
      try {
        const report = await stackdock.sync({
          docks: args.length > 0 ? args : undefined,
          tables: tables.length > 0 ? tables : undefined,
          dryRun: flags.dryRun,
          allowMassDelete: flags.allowMassDelete,
          signal: interrupt.signal,
          onProgress: progress.onProgress,
        })
        progress.stop()
        out.json(report)
        printSummary(report, out, flags.dryRun)
        if (report.docks.length === 0) {
          out.note(`No account is connected. ${out.noteStyle.dim("→")} npx stackdock connect <provider>`)
        }
        return exitCode(report)
      } finally {
        progress.stop()
        interrupt.stop()
      }
    }),
})

/** What failed outweighs what asks for a decision. */
function exitCode({ docks }: SyncReport): number {
  const failed = docks.some(
    ({ status, error, scopes }) =>
      error || status === "canceled" || status === "busy" || scopes.some((scope) => scope.error),
  )
  if (failed) return 1
  return docks.some(({ status }) => status === "stopped") ? 3 : 0
}
