import { spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { text } from "node:stream/consumers"
import { root } from "../run.mjs"

export interface Item {
  name: string
  dependencies: string[]
  devDependencies: string[]
  registryDependencies: string[]
  files: { target: string; content: string }[]
  meta: { stackdock: { kind: string } }
}

export interface Outcome {
  status: number | null
  printed: string
}

/** Stands in for npm, which shadcn calls: nothing is downloaded. What it asked for is kept, and written into package.json. */
const npmStandIn = `#!/usr/bin/env node
const { appendFileSync, readFileSync, writeFileSync } = require("node:fs")
const words = process.argv.slice(2)
appendFileSync(process.env.ASKED, words.join("\\n") + "\\n")
const manifest = JSON.parse(readFileSync("package.json", "utf8"))
const list = words.includes("-D") ? "devDependencies" : "dependencies"
for (const word of words.filter((one) => /.@/.test(one))) {
  const at = word.lastIndexOf("@")
  manifest[list] = { ...manifest[list], [word.slice(0, at)]: word.slice(at + 1) }
}
writeFileSync("package.json", JSON.stringify(manifest, null, 2) + "\\n")
`

/**
 * Our registry as a server would have it, a project, and both commands: the real one of shadcn, of the version that
 * scripts/package.json names, and ours. In place of shadcn's own registry, which is asked for over a network, stands one
 * of our components.
 */
export class Workbench {
  readonly home = mkdtempSync(join(tmpdir(), "stackdock-interop-"))
  readonly project = join(this.home, "project")
  #server: Server | undefined
  #origin = ""

  /** Where our registry is. */
  get url(): string {
    return `${this.#origin}/r`
  }

  async open(files: Readonly<Record<string, string>>): Promise<void> {
    mkdirSync(join(this.home, "bin"))
    writeFileSync(join(this.home, "bin/npm"), npmStandIn, { mode: 0o755 })
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(join(this.project, path, ".."), { recursive: true })
      writeFileSync(join(this.project, path), content)
    }
    await this.#serve()
    const to = ["--url", this.url, "--output", join(this.home, "r"), "--cwd", root]
    const built = await this.stackdock("build", "--strict", ...to)
    if (built.status !== 0) throw new Error(built.printed)
  }

  close(): void {
    this.#server?.closeAllConnections()
    this.#server?.close()
    rmSync(this.home, { recursive: true, force: true })
  }

  items(): Item[] {
    const index: { items: Item[] } = JSON.parse(readFileSync(join(this.home, "r/registry.json"), "utf8"))
    return index.items
  }

  item(name: string): Item {
    return JSON.parse(readFileSync(join(this.home, "r", `${name}.json`), "utf8"))
  }

  /** The words with which npm was called. */
  asked(): string[] {
    return readFileSync(join(this.home, "asked"), "utf8").split("\n")
  }

  shadcn(...args: string[]): Promise<Outcome> {
    return this.run(join(root, "scripts/node_modules/shadcn/dist/index.js"), args)
  }

  stackdock(...args: string[]): Promise<Outcome> {
    return this.run(join(root, "packages/cli/dist/bin.js"), args)
  }

  async run(script: string, args: readonly string[]): Promise<Outcome> {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST)/i.test(name))
    const child = spawn(process.execPath, [script, ...args], {
      cwd: this.project,
      env: {
        ...Object.fromEntries(inherited),
        PATH: join(this.home, "bin") + delimiter + process.env["PATH"],
        ASKED: join(this.home, "asked"),
        REGISTRY_URL: `${this.#origin}/shadcn`,
        XDG_CACHE_HOME: join(this.home, "cache"),
        NO_COLOR: "1",
        CI: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    })
    const isJson = args.includes("--json") || args.includes("view")
    const [out, said, status] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve)),
    ])
    return { status, printed: isJson && status === 0 ? out : out + said }
  }

  async #serve(): Promise<void> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "", this.#origin)
      const body = /^\/shadcn\/colors\//.test(pathname) ? noColors : this.#file(pathname)
      if (body === undefined) return void response.writeHead(404).end()
      response.writeHead(200, { "content-type": "application/json" }).end(body)
    })
    this.#server = server
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
    const address = server.address()
    this.#origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : ""}`
  }

  #file(pathname: string): Buffer | undefined {
    const [, component] = /^\/shadcn\/styles\/[\w-]+\/([\w-]+\.json)$/.exec(pathname) ?? []
    const file = join(this.home, component === undefined ? pathname : `r/${component}`)
    return existsSync(file) ? readFileSync(file) : undefined
  }
}

/** shadcn's command asks for its palette before it writes a component. */
const noColors = JSON.stringify({
  inlineColors: { light: {}, dark: {} },
  cssVars: {},
  inlineColorsTemplate: "",
  cssVarsTemplate: "",
})

/** Every file with its text. */
export function tree(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort()
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path, "utf8")]))
}
