import type { ExportAssignment, ObjectLiteralExpression, SourceFile } from "ts-morph"
import { tables } from "../../../../registry/schema/index.ts"
import { CliError } from "../framework/error.ts"
import { apply, type Edit, insert, marginOf, newImport } from "./text-edits.ts"

export type Edited = { readonly text: string } | { readonly hint: string }

/** Files that Convex knows one each of, and the word that tells that our lines are in there. */
const marks = {
  "schema.ts": "stackdockTables",
  "convex.config.ts": "stackdockPool",
  "crons.ts": "stackdockCrons",
  "http.ts": "stackdockRoutes",
} as const
export type SharedFile = keyof typeof marks
export const sharedFiles = Object.keys(marks) as SharedFile[]

/**
 * A file of the user's with our lines in it. The syntax tree only says where things are; the text is then cut and pasted, so
 * that every line of theirs stays as it is. `ours` is the file as we would lay it down: what theirs lacks is taken from
 * there. Where theirs has another shape, a person has to do it.
 */
export async function edited(name: SharedFile, text: string, ours: string): Promise<Edited> {
  if (text.includes(marks[name])) return { text }
  const { Node, Project } = await import("ts-morph")
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true })
  const [theirs, template] = [project.createSourceFile("a.ts", text), project.createSourceFile("b.ts", ours)]
  const newline = text.includes("\r\n") ? "\r\n" : "\n"
  const imports = template
    .getImportDeclarations()
    .filter((one) => one.getModuleSpecifierValue() !== "convex/server")
    .map((one) => one.getText())
  const end = defaultExport(theirs)

  let change: Edit | undefined
  let byHand: string
  if (name === "schema.ts") {
    const call = end?.getExpression()
    const [defined] = Node.isCallExpression(call) ? call.getArguments() : []
    const named = Node.isIdentifier(defined)
      ? theirs.getVariableDeclaration(defined.getText())?.getInitializer()
      : defined
    byHand = "put ...stackdockTables into what defineSchema is given"
    if (Node.isObjectLiteralExpression(named)) {
      refuseTaken(named)
      change = firstProperty(text, named, "...stackdockTables", newline)
    }
  } else {
    const calls = template
      .getStatements()
      .filter((one) => Node.isExpressionStatement(one))
      .map((one) => one.getText())
    const own = defaultExport(template)?.getExpression().getText() ?? ""
    const variable = end?.getExpression()
    byHand = `before the export, call ${calls.join(" and ")}`
    if (end && Node.isIdentifier(variable)) {
      const semicolon = end.getText().endsWith(";") ? ";" : ""
      const lines = calls.map((call) => renamed(call, own, variable.getText()) + semicolon + newline)
      change = insert(end.getStart(), `${lines.join("")}${newline}`)
    }
  }
  if (!change) return { hint: `by hand, add ${imports.join(" and ")}, and ${byHand}` }
  return { text: apply(text, [change, newImports(theirs, imports, newline)]) }
}

function defaultExport(file: SourceFile): ExportAssignment | undefined {
  return file.getExportAssignment((one) => !one.isExportEquals())
}

/** The variable that our own file calls `crons` may have another name in theirs. */
function renamed(call: string, own: string, theirs: string): string {
  return call.replace(new RegExp(`(?<=^|\\()${own}\\b`), theirs)
}

function newImports(file: SourceFile, imports: readonly string[], newline: string): Edit {
  const edits = imports.map((line) => newImport(file, line, newline))
  const [first = insert(0, "")] = edits
  return { ...first, text: edits.map(({ text }) => text).join("") }
}

/** On a line of its own, before theirs. */
function firstProperty(text: string, object: ObjectLiteralExpression, line: string, newline: string): Edit {
  const [first] = object.getProperties()
  const open = object.getStart() + 1
  const isOnOwnLine = first !== undefined && text.slice(open, first.getStart()).includes("\n")
  if (isOnOwnLine) return insert(open, `${newline}${marginOf(text, first.getStart())}${line},`)
  return insert(open, first ? ` ${line},` : ` ${line} `)
}

/** Two tables of one name would be one: their rows would not fit ours. */
function refuseTaken(object: ObjectLiteralExpression): void {
  const taken = Object.keys(tables).filter((name) => object.getProperty(name))
  if (taken.length === 0) return
  throw new CliError({
    code: "table_taken",
    message: `convex/schema.ts has ${taken.length === 1 ? "a table" : "tables"} of the same name as StackDock: ${taken.join(", ")}.`,
    hint: "Nothing was written. Rename yours first: docs/convex.md lists the names that StackDock needs.",
    exitCode: 3,
    details: { tables: taken },
  })
}
