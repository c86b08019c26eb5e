import type { InputField, Operation } from "../../../../registry/engine/provision-report.ts"
import type { Stackdock } from "../../../../registry/engine/stackdock.ts"
import type { ResourceRow } from "../../../../registry/schema/index.ts"
import { CliError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import { alignColumns } from "../framework/output.ts"
import { styleFor } from "../framework/style.ts"

/** The fields of a kind or an action, for `--help`. */
export function fieldsHelp({ name, title, fields }: Operation): string {
  const style = styleFor(process.stdout)
  const head = `${style.bold(name)}  ${title}\n`
  if (fields.length === 0) return `${head}\nIt takes no fields.\n`
  const rows = fields.map((field) => [`  ${style.cyan(field.name)}`, field.takes, notesOn(field)])
  const lines = alignColumns([{ title: "  Field" }, { title: "Takes" }, { title: "" }], rows, style)
  return `${head}\n${lines.join("\n")}\n`
}

/** What there is, when it is not named yet. */
export function operationsHelp(what: string, operations: readonly Operation[]): string {
  const style = styleFor(process.stdout)
  if (operations.length === 0) return `${what}: none.\n`
  const rows = operations.map(({ name, title, table }) => [`  ${style.cyan(name)}`, title, style.dim(table)])
  return `${style.dim(what)}\n${alignColumns([{ title: "" }, { title: "" }, { title: "" }], rows, style).join("\n")}\n`
}

function notesOn({ title, description, isRequired, isSecret, default: standard }: InputField): string {
  const marks = [
    isRequired ? "required" : "",
    isSecret ? "secret: asked for" : "",
    standard === null ? "" : `default ${standard}`,
  ]
  const said = [title, description].filter((text) => text !== null).join(". ")
  const marked = marks.filter(Boolean).join(", ")
  return marked ? `${said} (${marked})` : said
}

export function operationNamed(operations: readonly Operation[], name: string, what: string): Operation {
  const found = operations.find((operation) => operation.name === name)
  if (found) return found
  const names = operations.map((operation) => operation.name)
  throw new CliError({
    code: what === "action" ? "unknown_action" : "unknown_kind",
    message: `There is no ${what} "${name}".`,
    hint: didYouMean(name, names) ?? (names.length > 0 ? `There is ${names.join(", ")}.` : undefined),
    exitCode: 2,
  })
}

/** The provider of a dock, by the dock's name or id; a provider's own name will do before an account is connected. */
export async function providerOf(stackdock: Stackdock, dock: string): Promise<string> {
  const docks = await stackdock.listDocks()
  return docks.find(({ id, name }) => id === dock || name === dock)?.provider ?? dock
}

/** The row of an id such as `servers_12`. */
export async function rowOf(stackdock: Stackdock, id: string): Promise<ResourceRow> {
  const table = stackdock.tables.find((name) => id.startsWith(`${name}_`))
  if (table) {
    for (const deleted of [false, true]) {
      for await (const row of stackdock.resources(table, { deleted })) if (row.id === id) return row
    }
  }
  throw new CliError({
    code: "unknown_resource",
    message: `There is no resource "${id}".`,
    hint: "Its id is in the list of its table: npx stackdock resources <table> --json",
    exitCode: 2,
  })
}
