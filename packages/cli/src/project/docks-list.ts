import { dockIdentifier, importLine, type ListStyle } from "./dock-import.ts"
import { addToChangedList, removeFromChangedList } from "./docks-list-changed.ts"

/** `docks/index.ts` with these providers. */
export function docksList(providers: readonly string[], { importExtension, style }: ListStyle): string {
  const names = providers.map(dockIdentifier)
  const oneLine = `export const docks: readonly AnyDock[] = [${names.join(", ")}]`
  const lines = [
    `import type { AnyDock } from "../core/dock${importExtension}"`,
    ...providers.map((provider) => importLine(provider, importExtension)),
    "",
    // Where Prettier's default breaks the line.
    ...(oneLine.length <= 80
      ? [oneLine]
      : [
          "export const docks: readonly AnyDock[] = [",
          ...names.map((name) => `${style.indent}${name},`),
          "]",
        ]),
    "",
  ]
  return lines.join(style.newline)
}

/** The new text of `docks/index.ts`; the same text when the dock is in it already. */
export async function addDock(source: string, provider: string, project: ListStyle): Promise<string> {
  const list = read(source, project)
  if (!list) return addToChangedList(source, provider, project)
  if (list.providers.includes(provider)) return source
  const next = list.providers.findIndex((other) => other > provider)
  const at = next === -1 ? list.providers.length : next
  return docksList([...list.providers.slice(0, at), provider, ...list.providers.slice(at)], list)
}

/** The new text of `docks/index.ts`; the same text when the dock is not in it. */
export async function removeDock(source: string, provider: string, project: ListStyle): Promise<string> {
  const list = read(source, project)
  if (!list) return removeFromChangedList(source, provider)
  return docksList(
    list.providers.filter((other) => other !== provider),
    list,
  )
}

/** The list, when the text is exactly what we would write for it; undefined once someone changed it. */
function read(source: string, project: ListStyle): (ListStyle & { providers: string[] }) | undefined {
  const providers = [...source.matchAll(/^import \{ \w+ \} from "\.\/([\w-]+)\/index/gm)].map(
    ([, provider = ""]) => provider,
  )
  const [, written] = /\/core\/dock(\.ts|\.js|)"/.exec(source) ?? []
  const importExtension =
    written === ".ts" || written === ".js" || written === "" ? written : project.importExtension
  const list = {
    providers,
    importExtension,
    style: {
      indent: /^([ \t]+)\w+,\r?$/m.exec(source)?.[1] ?? project.style.indent,
      newline: source.includes("\r\n") ? ("\r\n" as const) : ("\n" as const),
    },
  }
  return docksList(providers, list) === source ? list : undefined
}
