import { join } from "node:path"
import { isObject, readObject, readText } from "./files.ts"

/** How the files look that `init` writes. Copied source keeps the registry's own style. */
export interface CodeStyle {
  /** One step of indentation. */
  readonly indent: string
  readonly newline: "\n" | "\r\n"
}

type Told = { [Key in keyof CodeStyle]?: CodeStyle[Key] | undefined }

/** A formatter's own settings win over the editor's, the package's folder over the workspace's. */
export async function detectCodeStyle(folders: readonly string[]): Promise<CodeStyle> {
  const told: Told[] = []
  for (const read of [biome, prettier, editorconfig, manifestText]) {
    for (const folder of folders) told.push(await read(folder))
  }
  return {
    indent: told.find((style) => style.indent !== undefined)?.indent ?? "  ",
    newline: told.find((style) => style.newline !== undefined)?.newline ?? "\n",
  }
}

async function biome(folder: string): Promise<Told> {
  const config =
    (await readObject(join(folder, "biome.json"))) ?? (await readObject(join(folder, "biome.jsonc")))
  if (!config) return {}
  const javascript = isObject(config["javascript"]) ? config["javascript"]["formatter"] : undefined
  const settings = {
    ...(isObject(config["formatter"]) ? config["formatter"] : {}),
    ...(isObject(javascript) ? javascript : {}),
  }
  // Biome indents with tabs unless it is told otherwise; one that extends another may have been told there.
  const style = settings["indentStyle"] ?? (config["extends"] === undefined ? "tab" : undefined)
  return { indent: indentOf(style, settings["indentWidth"]), newline: newlineOf(settings["lineEnding"]) }
}

const prettierFiles = [
  "",
  ".json",
  ".json5",
  ".yaml",
  ".yml",
  ".toml",
  ".js",
  ".mjs",
  ".cjs",
  ".ts",
  ".mts",
  ".cts",
].map((ending) => `.prettierrc${ending}`)
const prettierModules = ["js", "mjs", "cjs", "ts", "mts", "cts"].map((ending) => `prettier.config.${ending}`)

/** Prettier takes its settings in JSON, YAML, TOML and code; the three that matter look alike in all of them. */
async function prettier(folder: string): Promise<Told> {
  for (const file of [...prettierFiles, ...prettierModules]) {
    const text = await readText(join(folder, file))
    if (text !== undefined) return prettierSettings((name) => settingIn(text, name))
  }
  const inManifest = (await readObject(join(folder, "package.json")))?.["prettier"]
  return isObject(inManifest) ? prettierSettings((name) => String(inManifest[name] ?? "")) : {}
}

function settingIn(text: string, name: string): string {
  return new RegExp(`\\b${name}["']?\\s*[:=]\\s*["']?(\\w+)`).exec(text)?.[1] ?? ""
}

function prettierSettings(setting: (name: string) => string): Told {
  const tabs = setting("useTabs")
  const width = setting("tabWidth")
  const style = tabs === "true" ? "tab" : tabs === "false" || width ? "space" : undefined
  return { indent: indentOf(style, width), newline: newlineOf(setting("endOfLine")) }
}

async function editorconfig(folder: string): Promise<Told> {
  const text = await readText(join(folder, ".editorconfig"))
  if (text === undefined) return {}
  const settings = new Map<string, string>()
  let applies = false
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1]
    if (section !== undefined) applies = section === "*" || section === "**" || /\bts\b/.test(section)
    const [, key, value] = /^\s*([\w-]+)\s*=\s*(\S+)/.exec(line) ?? []
    if (applies && key && value) settings.set(key.toLowerCase(), value.toLowerCase())
  }
  const size = settings.get("indent_size") ?? settings.get("tab_width")
  return {
    indent: indentOf(settings.get("indent_style"), size),
    newline: newlineOf(settings.get("end_of_line")),
  }
}

async function manifestText(folder: string): Promise<Told> {
  const text = await readText(join(folder, "package.json"))
  return text === undefined ? {} : textStyle(text)
}

/** The indentation and line ends of a JSON text. */
export function textStyle(text: string): Told {
  return {
    indent: /^\s*\{\r?\n([ \t]+)"/.exec(text)?.[1],
    newline: text.includes("\r\n") ? "\r\n" : text.includes("\n") ? "\n" : undefined,
  }
}

function indentOf(style: unknown, width: unknown): string | undefined {
  if (style === "tab") return "\t"
  if (style === "space") return " ".repeat(Number(width) || 2)
  return undefined
}

function newlineOf(setting: unknown): CodeStyle["newline"] | undefined {
  if (setting === "crlf") return "\r\n"
  return setting === "lf" ? "\n" : undefined
}
