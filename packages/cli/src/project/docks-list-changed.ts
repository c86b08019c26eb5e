import type { ArrayLiteralExpression, Expression, ImportDeclaration } from "ts-morph"
import { CliError } from "../framework/error.ts"
import { dockIdentifier, importLine, type ListStyle } from "./dock-import.ts"
import { apply, type Edit, insert, marginOf, newImport } from "./text-edits.ts"

/**
 * The docks list once the user has changed it. The syntax tree only says where things are; the text is then cut and
 * pasted, so that every line of theirs stays as it is.
 */
export async function addToChangedList(
  source: string,
  provider: string,
  project: ListStyle,
): Promise<string> {
  const { file, array, dockImport } = await parse(source, provider)
  const name = dockImport ? localName(dockImport, provider) : dockIdentifier(provider)
  const list = array()
  if (!list || name === undefined || (!dockImport && file.getLocal(name))) {
    throw byHand(provider, project.importExtension)
  }
  const newline = source.includes("\r\n") ? "\r\n" : "\n"
  const edits: Edit[] = []
  if (!dockImport) edits.push(newImport(file, importLine(provider, project.importExtension), newline))
  if (!list.getElements().some((element) => mentions(element, name))) {
    edits.push(...newElement(source, list, name, newline, project.style.indent))
  }
  return apply(source, edits)
}

export async function removeFromChangedList(source: string, provider: string): Promise<string> {
  const { file, array, dockImport } = await parse(source, provider)
  if (!dockImport) return source
  const name = localName(dockImport, provider)
  const list = array()
  const element = list?.getElements().find((entry) => entry.getText() === name)
  const uses = file
    .getDescendants()
    .filter((node) => node.getKindName() === "Identifier" && node.getText() === name)
  const expected = element ? 2 : 1
  if (!list || name === undefined || dockImport.getNamedImports().length > 1 || uses.length > expected) {
    throw new CliError({
      code: "docks_list",
      message: `docks/index uses ${name ?? provider} in a way that only a person can undo.`,
      hint: `Remove it from docks/index yourself, then try again.`,
    })
  }
  const edits = [wholeLine(source, dockImport.getStart(), dockImport.getEnd())]
  if (element) edits.push(...withoutElement(source, list, element))
  return apply(source, edits)
}

async function parse(source: string, provider: string) {
  const { Node, Project } = await import("ts-morph")
  const file = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true }).createSourceFile(
    "index.ts",
    source,
  )
  const array = (): ArrayLiteralExpression | undefined => {
    let value: Expression | undefined = file.getVariableDeclaration("docks")?.getInitializer()
    while (
      Node.isAsExpression(value) ||
      Node.isSatisfiesExpression(value) ||
      Node.isParenthesizedExpression(value)
    ) {
      value = value.getExpression()
    }
    return Node.isArrayLiteralExpression(value) ? value : undefined
  }
  const dockImport = file
    .getImportDeclarations()
    .find(
      (entry) => entry.getModuleSpecifierValue().replace(/(?:\/index)?(?:\.[jt]s)?$/, "") === `./${provider}`,
    )
  return { file, array, dockImport }
}

function localName(dockImport: ImportDeclaration, provider: string): string | undefined {
  const named = dockImport.getNamedImports().find((entry) => entry.getName() === dockIdentifier(provider))
  return named && (named.getAliasNode()?.getText() ?? named.getName())
}

function mentions(element: Expression, name: string): boolean {
  return [element, ...element.getDescendants()].some(
    (node) => node.getKindName() === "Identifier" && node.getText() === name,
  )
}

function newElement(
  source: string,
  list: ArrayLiteralExpression,
  name: string,
  newline: string,
  indent: string,
): Edit[] {
  const close = list.getEnd() - 1
  const last = list.getElements().at(-1)
  const closingLine = source.lastIndexOf("\n", close) + 1
  const closesOnOwnLine = closingLine > list.getStart() && source.slice(closingLine, close).trim() === ""
  const comma = !last || hasTrailingComma(list) ? [] : [insert(last.getEnd(), ",")]
  if (closesOnOwnLine) {
    const margin = last ? marginOf(source, last.getStart()) : source.slice(closingLine, close) + indent
    const trailing = !last || comma.length === 0 ? "," : ""
    return [...comma, insert(closingLine, `${margin}${name}${trailing}${newline}`)]
  }
  if (!last) return [insert(close, name)]
  return comma.length > 0 ? [insert(last.getEnd(), `, ${name}`)] : [insert(close, ` ${name},`)]
}

function withoutElement(source: string, list: ArrayLiteralExpression, element: Expression): Edit[] {
  const elements = list.getElements()
  const index = elements.indexOf(element)
  const previous = elements[index - 1]
  const next = elements[index + 1]
  const line = wholeLine(source, element.getStart(), element.getEnd())
  const alone = /^\s*,?\s*(?:\/\/.*|\/\*.*\*\/\s*)?$/.test(
    source.slice(line.start, line.end).replace(element.getText(), ""),
  )
  if (alone) {
    const orphan = previous && !next && !hasTrailingComma(list) ? commaAfter(source, previous) : undefined
    return orphan === undefined ? [line] : [{ start: orphan, end: orphan + 1, text: "" }, line]
  }
  if (next) return [{ start: element.getStart(), end: next.getStart(), text: "" }]
  if (!previous) return [{ start: element.getStart(), end: element.getEnd(), text: "" }]
  const from = commaAfter(source, previous)
  if (!hasTrailingComma(list)) return [{ start: from, end: element.getEnd(), text: "" }]
  return [{ start: from + 1, end: commaAfter(source, element) + 1, text: "" }]
}

function hasTrailingComma(list: ArrayLiteralExpression): boolean {
  return list.compilerNode.elements.hasTrailingComma
}

function commaAfter(source: string, element: Expression): number {
  return source.indexOf(",", element.getEnd())
}

function wholeLine(source: string, start: number, end: number): Edit {
  const after = source.indexOf("\n", end)
  return {
    start: source.lastIndexOf("\n", start - 1) + 1,
    end: after === -1 ? source.length : after + 1,
    text: "",
  }
}

function byHand(provider: string, extension: string): CliError {
  return new CliError({
    code: "docks_list",
    message: "docks/index no longer has a list that can be extended: `export const docks = [...]`.",
    hint: `Add these by hand: ${importLine(provider, extension)} and ${dockIdentifier(provider)} in the list.`,
  })
}
