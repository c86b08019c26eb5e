import { execFileSync } from "node:child_process"
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { beforeAll, describe, expect, test } from "vitest"
import { emptyProject, folder, snapshot } from "./command.ts"

const packageFolder = fileURLToPath(new URL("..", import.meta.url))
const npm = (args: readonly string[], cwd: string) =>
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })

let project: string
beforeAll(() => {
  const packed = folder({})
  npm(["pack", "--silent", "--pack-destination", packed], packageFolder)
  const [tarball = ""] = readdirSync(packed)
  project = emptyProject()
  npm(
    ["install", "--save-dev", "--prefer-offline", "--no-audit", "--no-fund", join(packed, tarball)],
    project,
  )
}, 120_000)

const stackdock = (...args: string[]) =>
  execFileSync(join(project, "node_modules/.bin/stackdock"), args, {
    cwd: project,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  })

describe("the packed command, installed in a project", () => {
  test("is at most 25 packages and 25 MB", () => {
    const installed = join(project, "node_modules")
    const lock = JSON.parse(readFileSync(join(installed, ".package-lock.json"), "utf8"))
    expect(Object.keys(lock.packages).length).toBeLessThanOrEqual(25)
    const entries = readdirSync(installed, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile())
    const bytes = files.map((entry) => statSync(join(entry.parentPath, entry.name)).size)
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(25 * 1024 * 1024)
  })

  test("carries its registry: a dock can be added from it", () => {
    stackdock("init", "--yes")
    const { written } = JSON.parse(stackdock("add", "gridpane", "--yes", "--no-install", "--json"))
    expect(written).toContain("src/stackdock/docks/gridpane/index.ts")
    for (const path of written) expect(existsSync(join(project, path)), path).toBe(true)
  })

  test("every bundled item can be added on its own", () => {
    const items: { name: string; kind: string }[] = JSON.parse(stackdock("list", "--json"))
    // Pages are for a project that can show them.
    const manifest = join(project, "package.json")
    const { dependencies, ...rest } = JSON.parse(readFileSync(manifest, "utf8"))
    const react = { react: "^19.3.1", "react-dom": "^19.3.1", tailwindcss: "^4.3.5" }
    writeFileSync(manifest, JSON.stringify({ ...rest, dependencies: { ...dependencies, ...react } }))
    expect(items.length).toBeGreaterThan(3)
    // Components come with what needs them: one stands for all.
    const names = items.filter(({ kind }) => kind !== "component").map(({ name }) => name)
    for (const name of [...names, "button"]) {
      expect(JSON.parse(stackdock("add", name, "--dry-run", "--json"))).toMatchObject({ dryRun: true })
    }
  }, 300_000)

  test("ships no test, no source and no map of its own", () => {
    const shipped = Object.keys(snapshot(join(project, "node_modules/stackdock")))
    // What `create` lays down has contract tests, of the dock that is made.
    const files = shipped.filter((path) => !path.startsWith("dist/templates/"))
    expect(files.filter((path) => /\.(test|map)\b|^src/.test(path))).toEqual([])
  })
})
