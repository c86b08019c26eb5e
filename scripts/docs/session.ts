import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createProject, packCommand } from "../demo/project.ts"
import { type PlayedProvider, startProvider } from "../demo/provider.ts"

/** Fresh projects for the commands of the documents, with the packed command in them and a played provider beside them. */
export class Session {
  readonly #folder: string
  readonly #provider: PlayedProvider

  private constructor(folder: string, provider: PlayedProvider) {
    this.#folder = folder
    this.#provider = provider
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
    return new Session(folder, await startProvider())
  }

  /** A copy of the fresh project; what one document does stays with it. */
  project(name: string): string {
    const project = join(this.#folder, name)
    cpSync(join(this.#folder, "fresh"), project, { recursive: true, verbatimSymlinks: true })
    return project
  }

  /** Types a command as it stands in a document. The account of GridPane is the played one. */
  run(command: string, project: string): { status: number | null; printed: string } {
    const typed = command
      .replace(/http:\/\/127\.0\.0\.1:\d+\S*/, this.#provider.baseUrl)
      .replace(`"apiKey":"…"`, `"apiKey":"${this.#provider.token}"`)
    const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST)/i.test(name))
    const env: NodeJS.ProcessEnv = {
      ...Object.fromEntries(inherited),
      NO_COLOR: "1",
      npm_config_loglevel: "error",
      STACKDOCK_GRIDPANE_API_KEY: this.#provider.token,
      STACKDOCK_GRIDPANE_BASE_URL: this.#provider.baseUrl,
    }
    const result = spawnSync("bash", ["-c", `${typed} 2>&1`], { cwd: project, env, encoding: "utf8" })
    return { status: result.status, printed: result.stdout }
  }

  close(): void {
    this.#provider.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
