import type { DockSummary } from "../../../../registry/engine/stackdock.ts"
import { defineCommand } from "../framework/command.ts"
import { ago, printable } from "../runtime/format.ts"
import { withStackdock } from "../runtime/run.ts"

export const command = defineCommand({
  name: "docks",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options: {},
  examples: ["stackdock docks", "stackdock docks --json"],
  run: ({ cwd, out }) =>
    withStackdock(cwd, async (stackdock) => {
      const docks = await stackdock.listDocks()
      out.json(docks)
      if (docks.length === 0) {
        out.note(`No account is connected. ${out.noteStyle.dim("→")} npx stackdock connect <provider>`)
        return 0
      }
      const { style } = out
      const colour = { connected: style.green, error: style.red, disconnected: style.dim }
      out.table(
        [
          { title: "Name" },
          { title: "Provider" },
          { title: "Account" },
          { title: "Status" },
          { title: "Synced" },
          { title: "Id" },
        ],
        docks.map((dock) => [
          style.bold(dock.name),
          dock.provider,
          accountOf(dock) ?? style.dim("–"),
          colour[dock.status](dock.status),
          dock.lastSyncedAt ? ago(dock.lastSyncedAt) : style.dim("never"),
          style.dim(dock.id),
        ]),
      )
      for (const { name, lastError } of docks) {
        if (lastError) out.print(`${style.cross} ${name}: ${printable(lastError)}`)
      }
      return 0
    }),
})

function accountOf({ accountName, accountId }: DockSummary): string | undefined {
  const account = accountName ?? accountId
  return account === null ? undefined : printable(account)
}
