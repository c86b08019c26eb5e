import { spawn } from "node:child_process"
import { existsSync, realpathSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { pathToFileURL } from "node:url"

/** A formatter that the project has installed, with the project's own settings. */
export interface Formatter {
  readonly name: string
  /** The text as the formatter would have it at that path; undefined when it leaves such a file alone or cannot read it. */
  format(path: string, text: string): Promise<string | undefined>
}

/** A process for each text: more at once would only be in each other's way. */
const ABREAST = 4

/** Looks where Node would. What is found is only loaded when it is asked to format. */
export function findFormatters(dir: string): Formatter[] {
  const found: Formatter[] = []
  const biome = biomeProgram(dir)
  if (biome !== undefined) {
    const inTurn = turns(ABREAST)
    const formatter = (args: readonly string[]): Formatter => ({
      name: "Biome",
      format: (path, text) => inTurn(() => runBiome(biome, dir, args, path, text)),
    })
    found.push(formatter(["format"]))
    // `biome check --write` also sorts imports; its lint rules are no business of a merge.
    found.push(formatter(["check", "--write", "--linter-enabled=false"]))
  }
  if (installed(dir, "prettier/package.json") !== undefined) found.push(prettier(dir))
  return found
}

/** Runs at most so many at once, the others as these end. */
function turns(most: number): <Value>(action: () => Promise<Value>) => Promise<Value> {
  let running = 0
  const waiting: (() => void)[] = []
  return async (action) => {
    if (running === most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await action()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}

/** The program itself: the script before it takes longer to find out where it is than to run it. */
function biomeProgram(dir: string): string | undefined {
  const script = installed(dir, "@biomejs/biome/bin/biome")
  if (script === undefined) return undefined
  const { resolve } = createRequire(realpathSync(script))
  const name = process.platform === "win32" ? "biome.exe" : "biome"
  for (const library of ["", "-musl"]) {
    try {
      return resolve(`@biomejs/cli-${process.platform}-${process.arch}${library}/${name}`)
    } catch {
      // The other one, if any, is installed.
    }
  }
  return undefined
}

function installed(from: string, path: string): string | undefined {
  for (let dir = from; ; dir = dirname(dir)) {
    const file = join(dir, "node_modules", path)
    if (existsSync(file)) return file
    if (dir === dirname(dir)) return undefined
  }
}

function runBiome(
  program: string,
  dir: string,
  args: readonly string[],
  path: string,
  text: string,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args, `--stdin-file-path=${path}`], {
      cwd: dir,
      stdio: ["pipe", "pipe", "ignore"],
    })
    let formatted = ""
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      formatted += chunk
    })
    child.stdin.on("error", () => {})
    child.on("error", () => resolve(undefined))
    child.on("close", (code) => resolve(code === 0 && formatted !== "" ? formatted : undefined))
    child.stdin.end(text)
  })
}

/** What we call of Prettier 2 and 3. */
interface Prettier {
  format(text: string, options: Record<string, unknown>): string | Promise<string>
  resolveConfig(path: string, options: { editorconfig: boolean }): Promise<Record<string, unknown> | null>
  getFileInfo(path: string, options: { ignorePath: string }): Promise<{ ignored: boolean }>
}

function prettier(dir: string): Formatter {
  let loading: Promise<Prettier> | undefined
  const load = async (): Promise<Prettier> => {
    const entry = createRequire(join(dir, "package.json")).resolve("prettier")
    const module = await import(pathToFileURL(entry).href)
    return module.default ?? module
  }
  return {
    name: "Prettier",
    async format(path, text) {
      try {
        loading ??= load()
        const { format, resolveConfig, getFileInfo } = await loading
        const filepath = join(dir, path)
        const { ignored } = await getFileInfo(filepath, { ignorePath: join(dir, ".prettierignore") })
        if (ignored) return undefined
        const config = await resolveConfig(filepath, { editorconfig: true })
        return await format(text, { ...config, filepath })
      } catch {
        return undefined
      }
    },
  }
}
