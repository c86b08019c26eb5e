import { type ChildProcess, spawn } from "node:child_process"
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, BrowserContext, Page } from "playwright-core"
import { credentialsOf, type Provider, providers } from "../played/provider.ts"
import { root } from "../run.mjs"

const bin = join(root, "packages/cli/dist/bin.js")

/** A user's project with all four docks in it, and no account yet. */
export interface Project {
  readonly dir: string
  /** Runs the built command to its end; fails when it does. */
  run(args: readonly string[], stdin?: string): Promise<string>
  connect(provider: Provider, baseUrl: string, name?: string): Promise<void>
  /** Starts the studio; gives the address that it would have opened. */
  studio(): Promise<Studio>
  remove(): void
}

export interface Studio {
  readonly url: string
  stop(): Promise<void>
}

/** A browser in which the studio's link was opened. */
export async function signedIn(browser: Browser, studio: Studio): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(45_000)
  const page = await context.newPage()
  await page.goto(studio.url)
  await page.getByRole("link", { name: "Docks", exact: true }).waitFor()
  await page.close()
  return context
}

/** All that a page begins with is there. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor()
  await page.waitForFunction(() => document.querySelectorAll("[data-slot=skeleton]").length === 0)
}

export function createProject(): Project {
  const dir = mkdtempSync(join(tmpdir(), "stackdock-studio-"))
  const to = join(dir, "src/stackdock")
  mkdirSync(to, { recursive: true })
  for (const part of ["schema", "core", "engine", "security", "stores", "docks"]) {
    cpSync(join(root, "registry", part), join(to, part), {
      recursive: true,
      filter: (path) => !/\.(test|suite)\.ts$|recordings/.test(path),
    })
  }
  symlinkSync(join(root, "registry/node_modules"), join(dir, "node_modules"))
  const write = (path: string, text: string) => writeFileSync(join(dir, path), text)
  write("package.json", JSON.stringify({ name: "my-platform", private: true, type: "module" }))
  write("stackdock.json", '{ "root": "src/stackdock" }\n')
  write(
    "src/stackdock/docks/index.ts",
    [
      'import type { AnyDock } from "../core/dock.ts"',
      ...providers.map((name) => `import { ${name} } from "./${name}/index.ts"`),
      `export const docks: readonly AnyDock[] = [${providers.join(", ")}]`,
    ].join("\n"),
  )
  cpSync(join(root, "templates/project/stackdock.ts"), join(to, "stackdock.ts"))

  const run: Project["run"] = (args, stdin = "") =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [bin, ...args], { cwd: dir })
      let [stdout, stderr] = ["", ""]
      child.stdout.on("data", (chunk) => (stdout += chunk))
      child.stderr.on("data", (chunk) => (stderr += chunk))
      child.stdin.end(stdin)
      child.once("error", reject).once("close", (code) => {
        if (code === 0) resolve(stdout)
        else reject(new Error(`stackdock ${args.join(" ")} ended with ${code}: ${stderr}${stdout}`))
      })
    })
  return {
    dir,
    run,
    async connect(provider, baseUrl, name = provider) {
      const given = JSON.stringify(credentialsOf(provider))
      await run(["connect", provider, "--name", name, "--base-url", baseUrl, "--credentials-stdin"], given)
    },
    studio: () => startStudio(dir),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  }
}

async function startStudio(dir: string): Promise<Studio> {
  if (!existsSync(bin)) throw new Error("Build the command first: npm run build")
  const child = spawn(process.execPath, [bin, "studio", "--no-open"], {
    cwd: dir,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  })
  const url = await addressIn(child)
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        child.once("close", () => resolve())
        child.kill("SIGTERM")
      }),
  }
}

function addressIn(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ""
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const url = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(said)?.[0]
      if (url && said.includes("\n", said.indexOf(url))) resolve(url)
    }
    child.stdout?.on("data", hear)
    child.stderr?.on("data", hear)
    child.once("error", reject)
    child.once("close", (code) => reject(new Error(`The studio ended with ${code}: ${said}`)))
  })
}
