import type { Stackdock } from "../../../../registry/engine/stackdock.ts"
import type { ResourceRow, ResourceTableName } from "../../../../registry/schema/index.ts"
import { defineCommand } from "../framework/command.ts"
import { count } from "../runtime/format.ts"
import { namesBehind } from "../runtime/row-names.ts"
import { filledColumns, printRows } from "../runtime/row-table.ts"
import { tableNamed, withStackdock } from "../runtime/run.ts"

/** A person reads no more than this; a table's widths are known only once its rows are. */
const SHOWN = 1000

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
      const shown: ResourceRow[] = []
      let total = 0
      for await (const row of rows) {
        if (total < SHOWN) shown.push(row)
        total += 1
      }
      if (total === 0) {
        out.note(await emptyBecause(stackdock, table, deleted))
        return 0
      }
      printRows(table, shown, await namesBehind(stackdock, filledColumns(table, shown)), out)
      const more = total > SHOWN ? ` The first ${count(SHOWN)} are shown; --json gives all.` : ""
      out.note(out.noteStyle.dim(`${count(total)} ${total === 1 ? "row" : "rows"}.${more}`))
      return 0
    }),
})

async function emptyBecause(
  stackdock: Stackdock,
  table: ResourceTableName,
  deleted: boolean,
): Promise<string> {
  if (deleted) return `No deleted rows in ${table}.`
  if (!stackdock.docks.some((dock) => dock.sync[table])) return `No dock of this project fills ${table}.`
  const docks = await stackdock.listDocks()
  if (docks.length === 0) return "No account is connected. Type: npx stackdock connect <provider>"
  return `No rows in ${table}. If the accounts were not read yet, type: npx stackdock sync`
}
