import { spawn, spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, delimiter, join } from "node:path"
import { text } from "node:stream/consumers"
import { createProject, packCommand } from "../demo/project.ts"
import { type PlayedProviders, startProviders } from "../played/process.ts"
import { token } from "../played/provider.ts"
import { root } from "../run.mjs"

/** Fresh projects for the commands of the documents, with the packed command in them and a played provider beside them. */
export class Session {
  readonly #folder: string
  readonly #played: PlayedProviders<"gridpane">

  private constructor(folder: string, played: PlayedProviders<"gridpane">) {
    this.#folder = folder
    this.#played = played
  }

  static async open(): Promise<Session> {
    const folder = mkdtempSync(join(tmpdir(), "stackdock-docs-"))
    const project = join(folder, "fresh")
    mkdirSync(project)
    createProject(project)
    const tarball = packCommand(folder)
    const install = ["install", "--save-dev", "--no-audit", "--no-fund", "--loglevel=error", tarball]
    const { status, stderr } = spawnSync("npm", install, { cwd: project, encoding: "utf8" })
    if (status !== 0) throw new Error(`The packed command could not be installed:\n${stderr}`)
    return new Session(folder, await startProviders(["gridpane"]))
  }

  /** A copy of the fresh project; what one document does stays with it. */
  project(name: string): string {
    const project = join(this.#folder, name)
    cpSync(join(this.#folder, "fresh"), project, { recursive: true, verbatimSymlinks: true })
    return project
  }

  /** A copy of this repository, in which a command may write what it likes. */
  checkout(name: string): string {
    const checkout = join(this.#folder, name)
    mkdirSync(checkout)
    const files = [
      "biome.json",
      ".gitignore",
      "package.json",
      "registry.json",
      "schemas",
      "docs",
      "README.md",
    ]
    for (const path of [...files, "registry", "scripts", "tsconfig.base.json", "vitest.config.ts"]) {
      cpSync(join(root, path), join(checkout, path), {
        recursive: true,
        filter: (source) => basename(source) !== "node_modules",
      })
    }
    for (const path of ["node_modules", "registry/node_modules", "scripts/node_modules", "packages"]) {
      symlinkSync(join(root, path), join(checkout, path), "junction")
    }
    return checkout
  }

  /** Types a command as it stands in a document. The account of GridPane is the played one. */
  async run(command: string, project: string): Promise<{ status: number | null; printed: string }> {
    const typed = command
      // What npx would find, without its own second of looking.
      .replaceAll(/\bnpx (?=stackdock|vitest)/g, "")
      .replace(/http:\/\/127\.0\.0\.1:\d+\S*/, this.#played.baseUrls.gridpane)
      .replace(`"apiKey":"…"`, `"apiKey":"${token}"`)
    const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST)/i.test(name))
    const env: NodeJS.ProcessEnv = {
      ...Object.fromEntries(inherited),
      PATH: [project, join(this.#folder, "fresh")]
        .map((folder) => join(folder, "node_modules/.bin"))
        .concat(process.env["PATH"] ?? "")
        .join(delimiter),
      NO_COLOR: "1",
      npm_config_loglevel: "error",
      STACKDOCK_GRIDPANE_API_KEY: token,
      STACKDOCK_GRIDPANE_BASE_URL: this.#played.baseUrls.gridpane,
    }
    const child = spawn("bash", ["-c", `{ ${typed}\n} 2>&1`], {
      cwd: project,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    })
    const [printed, status] = await Promise.all([
      text(child.stdout),
      new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve)),
    ])
    return { status, printed }
  }

  close(): void {
    this.#played.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
