import { defineCommand } from "../framework/command.ts"
import { printRows } from "../runtime/row-table.ts"
import { tableNamed, withStackdock } from "../runtime/run.ts"

export const command = defineCommand({
  name: "resources",
  usage: "<table> [options]",
  args: { min: 1, max: 1 },
  options: {
    provider: { type: "string", value: "<provider>", summary: "Only rows of this provider" },
    dock: { type: "string", value: "<dock>", summary: "Only rows of this dock, by name or id" },
    deleted: { type: "boolean", summary: "Rows that are gone at the provider, instead" },
  },
  examples: ["stackdock resources servers", "stackdock resources domains --dock agency --json"],
  run: ({ args: [typed = ""], flags, cwd, out }) =>
    withStackdock(cwd, async (stackdock) => {
      const table = tableNamed(stackdock, typed)
      const { provider, dock, deleted } = flags
      const rows = stackdock.resources(table, { provider, dock, deleted })
      if (out.isJson) {
        await out.jsonArray(rows)
        return 0
      }
      const docks = await stackdock.listDocks()
      const shown = await printRows(table, rows, new Map(docks.map(({ id, name }) => [id, name])), out)
      if (shown === 0) out.note(emptyBecause(table, docks.length, deleted))
      return 0
    }),
})

function emptyBecause(table: string, docks: number, deleted: boolean): string {
  if (docks === 0) return "No account is connected. Type: stackdock connect <provider>"
  if (deleted) return `No deleted rows in ${table}.`
  return `No rows in ${table}. If the accounts were not read yet, type: stackdock sync`
}
