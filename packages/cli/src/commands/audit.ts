import type { AuditEntry } from "../../../../registry/schema/audit-log.ts"
import { defineCommand } from "../framework/command.ts"
import { usageError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import { printable } from "../runtime/format.ts"
import { withStackdock } from "../runtime/run.ts"

/** A person reads no more than this; a table's widths are known only once its rows are. */
const SHOWN = 1000

const results = ["succeeded", "failed", "denied"] as const

export const command = defineCommand({
  name: "audit",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options: {
    actor: { type: "string", value: "<who>", summary: "Only what they did: local, system, or user:<id>" },
    result: { type: "string", value: "<result>", summary: "Only what succeeded, failed or was denied" },
  },
  examples: ["stackdock audit", "stackdock audit --result denied", "stackdock audit --json"],
  run: ({ flags, cwd, out }) =>
    withStackdock(cwd, async (stackdock) => {
      const entries = stackdock.auditLog({ actor: flags.actor, result: resultNamed(flags.result) })
      if (out.isJson) {
        await out.jsonArray(entries)
        return 0
      }
      const shown: AuditEntry[] = []
      let isMore = false
      for await (const entry of entries) {
        isMore = shown.length === SHOWN
        if (isMore) break
        shown.push(entry)
      }
      if (shown.length === 0) {
        out.note("Nothing is on record.")
        return 0
      }
      const { style } = out
      const docks = new Map((await stackdock.listDocks()).map(({ id, name }) => [id, name]))
      const colour = { succeeded: style.green, failed: style.red, denied: style.yellow }
      out.table(
        [{ title: "When" }, { title: "Who" }, { title: "Action" }, { title: "What" }, { title: "Result" }],
        shown.map(({ at, actor, action, targetTable, targetId, result, errorCode }) => [
          style.dim(at),
          printable(actor),
          printable(action),
          printable([targetTable, docks.get(targetId ?? "") ?? targetId].filter(Boolean).join(" ")),
          colour[result](result === "failed" && errorCode ? `failed: ${printable(errorCode)}` : result),
        ]),
      )
      if (isMore) out.note(out.noteStyle.dim(`The newest ${SHOWN} are shown; --json gives all.`))
      return 0
    }),
})

function resultNamed(typed: string | undefined): AuditEntry["result"] | undefined {
  if (typed === undefined) return undefined
  const found = results.find((result) => result === typed)
  if (found) return found
  throw usageError(
    `--result is one of ${results.join(", ")}.`,
    didYouMean(typed, results) ?? "npx stackdock audit --help",
  )
}
