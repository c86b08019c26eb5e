import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { dirname, join } from "node:path"

/** A program of the project's own that is run once the files are there. */
export interface Tool {
  readonly name: string
  readonly args: readonly string[]
  /** What a person would type. */
  readonly command: string
}

const BIOME = ["biome.json", "biome.jsonc"]
const PRETTIER = ["", ".json", ".json5", ".yaml", ".yml", ".toml", ".js", ".mjs", ".cjs", ".ts"].map(
  (end) => `.prettierrc${end}`,
)
const PRETTIER_MODULES = ["js", "mjs", "cjs", "ts", "mts"].map((end) => `prettier.config.${end}`)

/** The project's formatter, where it has one: the one whose settings lie nearest. */
export function formatterOf(dir: string, folder: string): Tool | undefined {
  for (let at = dir; ; at = dirname(at)) {
    const has = (names: readonly string[]) => names.some((name) => existsSync(join(at, name)))
    if (has(BIOME)) return toolOf(dir, "biome", ["check", "--write", folder])
    if (has([...PRETTIER, ...PRETTIER_MODULES]))
      return toolOf(dir, "prettier", ["--write", "--log-level", "warn", folder])
    if (existsSync(join(at, ".git")) || at === dirname(at)) return undefined
  }
}

/** What writes the registry's index and the parts of its documents that are generated. */
export function generatorOf(dir: string): Tool | undefined {
  return toolOf(dir, "tsx", ["scripts/generate.ts"], "npm run generate")
}

function toolOf(dir: string, name: string, args: readonly string[], command?: string): Tool | undefined {
  for (let at = dir; ; at = dirname(at)) {
    const path = join(at, "node_modules/.bin", name)
    if (existsSync(path)) return { name: path, args, command: command ?? `npx ${name} ${args.join(" ")}` }
    if (at === dirname(at)) return undefined
  }
}

/** Whether it ended well. What it says is kept for when it did not. */
export async function runTool(tool: Tool, dir: string): Promise<{ ok: boolean; said: string }> {
  const said: string[] = []
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(tool.name, tool.args, {
      cwd: dir,
      stdio: ["ignore", "pipe", "pipe"],
      // On Windows what npm links is a script, which only a shell starts; the arguments are ours.
      shell: process.platform === "win32",
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => said.push(text))
    }
    child.on("error", () => resolve(null)).on("close", resolve)
  })
  return { ok: code === 0, said: said.join("").trim() }
}
