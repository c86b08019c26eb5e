import { defineCommand } from "../framework/command.ts"
import { ago } from "../runtime/format.ts"
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
        out.note(`No account is connected. ${out.noteStyle.dim("→")} stackdock connect <provider>`)
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
          dock.accountName ?? dock.accountId ?? style.dim("–"),
          colour[dock.status](dock.status),
          dock.lastSyncedAt ? ago(dock.lastSyncedAt) : style.dim("never"),
          style.dim(dock.id),
        ]),
      )
      for (const { name, lastError } of docks) {
        if (lastError) out.print(`${style.cross} ${name}: ${lastError}`)
      }
      return 0
    }),
})
