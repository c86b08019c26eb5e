import { execFileSync } from "node:child_process"
import { existsSync, readdirSync } from "node:fs"
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
  test("carries its registry: a dock can be added from it", () => {
    stackdock("init", "--yes")
    const { written } = JSON.parse(stackdock("add", "gridpane", "--yes", "--no-install", "--json"))
    expect(written).toContain("src/stackdock/docks/gridpane/index.ts")
    for (const path of written) expect(existsSync(join(project, path)), path).toBe(true)
  })

  test("every bundled item can be added on its own", () => {
    const items: { name: string }[] = JSON.parse(stackdock("list", "--json"))
    expect(items.length).toBeGreaterThan(3)
    for (const { name } of items) {
      expect(JSON.parse(stackdock("add", name, "--dry-run", "--json"))).toMatchObject({ dryRun: true })
    }
  })

  test("installs at most 25 packages and 25 MB", () => {
    const installed = snapshotSizes(join(project, "node_modules"))
    expect(installed.packages).toBeLessThanOrEqual(25)
    expect(installed.bytes).toBeLessThanOrEqual(25 * 1024 * 1024)
  })

  test("ships no test, no source and no map", () => {
    const files = Object.keys(snapshot(join(project, "node_modules/stackdock")))
    expect(files.filter((path) => /\.(test|map)\b|^src/.test(path))).toEqual([])
  })
})

function snapshotSizes(dir: string): { packages: number; bytes: number } {
  const listed = npm(["ls", "--all", "--parseable"], project).trim().split("\n")
  const bytes = Number(execFileSync("du", ["-sb", dir], { encoding: "utf8" }).split("\t")[0])
  return { packages: new Set(listed).size - 1, bytes }
}
