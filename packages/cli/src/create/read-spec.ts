import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { text } from "node:stream/consumers"
import { isResourceTable, resourceTables } from "../../../../registry/schema/index.ts"
import { CliError, usageError } from "../framework/error.ts"
import { describeIssues } from "../registry/schema.ts"
import { type DockSpec, dockSpec } from "./spec.ts"

/** What to write, wholly said: from a file, or from stdin with `-`. */
export async function readSpec(source: string, cwd: string): Promise<DockSpec> {
  const content = source === "-" ? await text(process.stdin) : contentOf(resolve(cwd, source), source)
  const shown = source === "-" ? "stdin" : source
  let value: unknown
  try {
    value = JSON.parse(content)
  } catch {
    throw usageError(`${shown} is not JSON.`)
  }
  // What `create --json` prints has it as one of several things.
  const held = typeof value === "object" && value !== null && "spec" in value ? value.spec : value
  const read = dockSpec.safeParse(held)
  if (!read.success)
    throw usageError(`${shown} does not describe a dock: ${describeIssues(read.error).join("; ")}.`)
  checkTables(read.data, shown)
  return read.data
}

function checkTables({ resources }: DockSpec, shown: string): void {
  for (const { table, columns, status } of resources) {
    if (!isResourceTable(table)) throw usageError(`${shown} names a table that does not exist: ${table}.`)
    const known = ["providerResourceId", "name", "providerUrl", ...Object.keys(resourceTables[table].own)]
    const unknown = Object.keys(columns).find((column) => !known.includes(column))
    if (unknown !== undefined) throw usageError(`${shown}: ${table} has no column ${unknown}.`)
    if (!columns["providerResourceId"])
      throw usageError(`${shown}: ${table} has nothing for providerResourceId.`)
    const statuses: readonly string[] = resourceTables[table].statuses
    const odd = [...Object.values(status.words), status.always ?? "unknown"].find(
      (word) => !statuses.includes(word),
    )
    if (odd !== undefined) throw usageError(`${shown}: ${odd} is no status of ${table}.`, statuses.join(", "))
  }
}

export function contentOf(path: string, shown: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? ` (${String(error.code)})` : ""
    throw new CliError({ code: "unreadable_file", message: `${shown} cannot be read${reason}.`, exitCode: 2 })
  }
}
