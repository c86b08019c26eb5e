import { execFileSync } from "node:child_process"
import { readFileSync, renameSync, rmSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import { beforeAll, describe, expect, test } from "vitest"
import { acmeItems, acmeRegistry } from "./acme-registry.ts"
import { emptyProject, errorOf, folder, json, snapshot, stackdock, write } from "./command.ts"

const DOCK = "src/stackdock/docks/acme/index.ts"
const CORE = "src/stackdock/core/dock.ts"

let registry: string
let newer: string
beforeAll(async () => {
  registry = await acmeRegistry()
  newer = await newerRegistry()
})

/** The same registry a version later: core changed, the dock lost its recording and got a file. */
async function newerRegistry(): Promise<string> {
  const items = acmeItems().map((item) =>
    item.name === "acme" || item.name === "core"
      ? { ...item, meta: { stackdock: { ...item.meta.stackdock, version: "1.1.0" } } }
      : item,
  )
  const acme = items.find(({ name }) => name === "acme")
  acme?.files.splice(2, 1, {
    path: "src/docks/acme/types.ts",
    type: "registry:file",
    target: "~/src/stackdock/docks/acme/types.ts",
  })
  if (acme) acme.meta.stackdock["tests"] = ["~/src/stackdock/docks/acme/acme.contract.test.ts"]
  return acmeRegistry(items, {
    "src/core/dock.ts":
      'import type { Row } from "../schema/row.ts"\nexport type AnyDock = { rows: readonly Row[] }\n',
    "src/docks/acme/types.ts": "export type Wire = { id: string }\n",
  })
}

/** A project whose items come from a registry of its own, which can change under it. */
async function project(): Promise<{ cwd: string; own: string; publish(from: string): void }> {
  const cwd = emptyProject()
  const own = folder({})
  const publish = (from: string) => execFileSync("cp", ["-r", `${from}/.`, own])
  publish(registry)
  const args = ["add", "acme", "--yes", "--no-install", "--registry", own]
  const outcome = await stackdock(args, { cwd })
  if (outcome.code !== 0) throw new Error(outcome.stderr)
  return { cwd, own, publish }
}

interface Item {
  name: string
  state: string
  version: string
  latest: string | null
  upstream: string
  reason: string | null
  files: { path: string; state: string; reformatted: boolean; renamedTo: string | null; upstream: string }[]
}

async function status(cwd: string): Promise<Item[]> {
  const outcome = await stackdock(["status", "--json"], { cwd })
  expect(outcome).toMatchObject({ code: 0 })
  return json(outcome)["items"] as Item[]
}

const named = (items: Item[], name: string) => items.find((item) => item.name === name)
const fileAt = (items: Item[], path: string) =>
  items.flatMap(({ files }) => files).find((file) => file.path === path)

describe.concurrent("status", { timeout: 120_000 }, () => {
  test("of what add left is clean, throughout", async () => {
    const { cwd } = await project()
    const items = await status(cwd)
    expect(new Set(items.map(({ state }) => state))).toEqual(new Set(["clean"]))
    expect(new Set(items.flatMap(({ files }) => files.map(({ state }) => state)))).toEqual(new Set(["clean"]))
    expect(named(items, "core")).toMatchObject({ upstream: "same", requiredBy: ["acme", "engine", "schema"] })
  })

  test("tells edited and missing files, and leaves the rest clean", async () => {
    const { cwd } = await project()
    write(cwd, { [CORE]: "// mine\n" })
    rmSync(join(cwd, DOCK))
    const items = await status(cwd)
    expect(named(items, "core")?.state).toBe("edited")
    expect(named(items, "acme")?.state).toBe("missing")
    expect([fileAt(items, CORE)?.state, fileAt(items, DOCK)?.state]).toEqual(["edited", "missing"])
    expect(named(items, "schema")?.state).toBe("clean")
  })

  test("a file with other line ends, another layout or other import extensions is clean, and said to be reformatted", async () => {
    const { cwd } = await project()
    const core = snapshot(cwd)[CORE] ?? ""
    const layouts = [
      core.replaceAll("\n", "\r\n"),
      core.replace(/"/g, "'").replace(/\n/g, ";\n"),
      core.replace("row.ts", "row.js"),
    ]
    for (const layout of layouts) {
      write(cwd, { [CORE]: layout })
      expect(fileAt(await status(cwd), CORE)).toMatchObject({ state: "clean", reformatted: true })
    }
    const { stdout } = await stackdock(["status"], { cwd })
    expect(stdout).toContain("1 reformatted")
  })

  test("recognises a file that was renamed or moved, edited or not, and nobody brings it back or deletes it", async () => {
    const { cwd, own } = await project()
    const moved = "src/stackdock/clouds/acme.ts"
    const renamed = "src/stackdock/docks/acme/acme.spec.ts"
    write(cwd, {
      [moved]: (snapshot(cwd)[DOCK] ?? "").replace("../../core/dock.ts", "../core/dock.ts"),
      [renamed]: `${snapshot(cwd)["src/stackdock/docks/acme/acme.contract.test.ts"]}export {}\n`,
    })
    rmSync(join(cwd, DOCK))
    rmSync(join(cwd, "src/stackdock/docks/acme/acme.contract.test.ts"))
    const { files } = named(await status(cwd), "acme") ?? { files: [] }
    expect(files).toContainEqual(expect.objectContaining({ path: DOCK, state: "renamed", renamedTo: moved }))
    expect(files).toContainEqual(expect.objectContaining({ state: "edited", renamedTo: renamed }))
    const { stdout } = await stackdock(["diff", "acme", "--mine"], { cwd })
    expect(stdout).toContain(`${DOCK}: renamed to ${moved}`)
    expect(stdout).toContain(`+++ b/${renamed}`)
    expect(stdout).toContain("\n+export {}\n")
    const before = snapshot(cwd)
    await stackdock(["add", "acme", "--yes", "--no-install", "--registry", own], { cwd })
    expect(snapshot(cwd)).toEqual(before)
    const removed = json(await stackdock(["remove", "acme", "--yes", "--json"], { cwd }))
    expect(removed["kept"]).toEqual(expect.arrayContaining([moved, renamed]))
  })

  test("tells what is newer upstream, file by file", async () => {
    const { cwd, publish } = await project()
    write(cwd, { [DOCK]: "// mine\n" })
    publish(newer)
    const items = await status(cwd)
    expect(named(items, "core")).toMatchObject({ state: "outdated", version: "1.0.0", latest: "1.1.0" })
    expect(named(items, "acme")).toMatchObject({ state: "outdated", upstream: "changed" })
    expect(fileAt(items, CORE)).toMatchObject({ state: "outdated", upstream: "changed" })
    expect(fileAt(items, "src/stackdock/docks/acme/recordings/list.json")?.state).toBe("orphaned")
    expect(fileAt(items, DOCK)).toMatchObject({ state: "edited", upstream: "same" })
    expect((await stackdock(["status"], { cwd })).stderr).toContain("npx stackdock update")
  })

  test("an item that nobody publishes or needs any more is orphaned, and says why", async () => {
    const { cwd } = await project()
    const lock = JSON.parse(readFileSync(join(cwd, "stackdock.lock"), "utf8"))
    lock.items.schema.registry = "bundled"
    lock.items.acme.registry = "bundled"
    lock.items.acme.dependencies = ["core"]
    write(cwd, { "stackdock.lock": JSON.stringify(lock) })
    const items = await status(cwd)
    expect(named(items, "acme")).toMatchObject({
      state: "orphaned",
      reason: expect.stringContaining("publish"),
    })
    expect(named(items, "contract")).toMatchObject({
      state: "orphaned",
      reason: expect.stringContaining("needs it"),
    })
  })

  test("a registry that cannot be reached does not keep the local state from being told", async () => {
    const { cwd } = await project()
    const lock = readFileSync(join(cwd, "stackdock.lock"), "utf8")
    write(cwd, { "stackdock.lock": lock.replace(/"registry": ".*"/g, '"registry": "http://127.0.0.1:9"') })
    write(cwd, { [CORE]: "// mine\n" })
    const outcome = await stackdock(["status"], { cwd })
    expect(outcome.code).toBe(0)
    expect(outcome.stdout).toContain(CORE)
    expect(outcome.stderr).toMatch(/http:\/\/127\.0\.0\.1:9 has anything newer is not known.*127/)
    expect(named(await status(cwd), "core")).toMatchObject({ state: "edited", upstream: "unknown" })
  })

  test("works on a lock file from before there were kept texts, which the next add brings up to date", async () => {
    const { cwd } = await project()
    const text = readFileSync(join(cwd, "stackdock.lock"), "utf8")
    const lock = JSON.parse(text)
    lock.version = 1
    for (const item of Object.values<Record<string, unknown>>(lock.items)) delete item["requiredBy"]
    write(cwd, { "stackdock.lock": JSON.stringify(lock) })
    rmSync(join(cwd, ".stackdock/base"), { recursive: true })
    const own = lock.items.acme.registry
    expect(named(await status(cwd), "core")?.state).toBe("clean")
    await stackdock(["add", "acme", "--yes", "--no-install", "--registry", own], { cwd })
    expect(json(await stackdock(["verify", "--json"], { cwd }))["ok"]).toBe(false)
    await stackdock(["add", "engine", "security", "store-sql", "--yes", "--no-install", "--registry", own], {
      cwd,
    })
    expect(json(await stackdock(["verify", "--json"], { cwd }))["ok"]).toBe(true)
    expect(readFileSync(join(cwd, "stackdock.lock"), "utf8")).toBe(text)
  })

  test("a project without StackDock is told how to start", async () => {
    expect(errorOf(await stackdock(["status", "--json"], { cwd: emptyProject() })).hint).toBe(
      "npx stackdock init",
    )
  })

  test("what it needs is committed, and the rest is not: a clone knows as much", async () => {
    const { cwd } = await project()
    write(cwd, { [CORE]: "// mine\n", ".stackdock/key": "secret" })
    const git = (args: string[], at = cwd) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
        cwd: at,
        encoding: "utf8",
      })
    git(["init", "-q"])
    git(["add", "-A"])
    git(["commit", "-qm", "x"])
    const tracked = git(["ls-files"]).split("\n")
    expect(tracked).toContain(".stackdock/base/acme.json.gz")
    expect(tracked.filter((path) => /\.stackdock\/(?!base\/)/.test(path))).toEqual([])
    const clone = `${cwd}-clone`
    git(["clone", "-q", cwd, clone])
    expect(await status(clone)).toEqual(await status(cwd))
    expect((await stackdock(["verify"], { cwd: clone })).code).toBe(0)
  })
})

describe.concurrent("diff", { timeout: 120_000 }, () => {
  test("shows your edits and the upstream changes, each under its title; either alone when asked", async () => {
    const { cwd, publish } = await project()
    publish(newer)
    write(cwd, { [DOCK]: `${snapshot(cwd)[DOCK]}export const mine = 1\n`.replaceAll("\n", "\r\n") })
    const both = await stackdock(["diff", "acme", "core"], { cwd })
    expect(both.code).toBe(0)
    expect(both.stdout).toContain("Your edits of acme 1.0.0")
    expect(both.stdout).toContain(`--- a/${DOCK}\n+++ b/${DOCK}\n@@ -1,2 +1,3 @@`)
    expect(both.stdout).toContain("\n+export const mine = 1\n")
    expect(both.stdout).toContain("Upstream changes of core 1.0.0 → 1.1.0")
    expect(both.stdout).toContain(
      "\n-export type AnyDock = { rows: Row[] }\n+export type AnyDock = { rows: readonly Row[] }\n",
    )
    expect(both.stdout).toContain("--- /dev/null\n+++ b/src/stackdock/docks/acme/types.ts")
    expect(both.stdout).not.toContain("import { kit }")
    expect((await stackdock(["diff", "--mine"], { cwd })).stdout).not.toContain("Upstream")
    expect((await stackdock(["diff", "--upstream"], { cwd })).stdout).not.toContain("mine")
  })

  test("in JSON tells for each file what happened, with the diff as text", async () => {
    const { cwd, publish } = await project()
    publish(newer)
    rmSync(join(cwd, DOCK))
    const { items } = json(await stackdock(["diff", "acme", "--json"], { cwd }))
    expect(items).toEqual([
      {
        name: "acme",
        version: "1.0.0",
        latest: "1.1.0",
        reason: null,
        mine: [{ path: DOCK, renamedTo: null, change: "missing", diff: null, reason: null }],
        upstream: [
          {
            path: "src/stackdock/docks/acme/recordings/list.json",
            renamedTo: null,
            change: "removed",
            diff: null,
            reason: null,
          },
          {
            path: "src/stackdock/docks/acme/types.ts",
            renamedTo: null,
            change: "added",
            diff: "@@ -0,0 +1 @@\n+export type Wire = { id: string }\n",
            reason: null,
          },
        ],
      },
    ])
  })

  test("says so when there is none, and names what is near when an item is not there", async () => {
    const { cwd } = await project()
    expect(await stackdock(["diff"], { cwd })).toMatchObject({ code: 0, stdout: "" })
    const unknown = await stackdock(["diff", "acem", "--json"], { cwd })
    expect([unknown.code, errorOf(unknown).hint]).toEqual([2, "Did you mean acme?"])
  })
})

describe.concurrent("verify", { timeout: 120_000 }, () => {
  const verify = async (cwd: string) => {
    const outcome = await stackdock(["verify", "--json"], { cwd })
    const { ok, mismatches, unchecked } = json(outcome) as {
      ok: boolean
      mismatches: { item: string; path: string | null; message: string; fix: string }[]
      unchecked: { item: string; reason: string }[]
    }
    return { code: outcome.code, ok, mismatches, unchecked }
  }
  const BASE = ".stackdock/base/core.json.gz"
  const rewriteBase = (cwd: string, edit: (text: string) => string) => {
    const text = gunzipSync(readFileSync(join(cwd, BASE))).toString("utf8")
    write(cwd, { [BASE]: gzipSync(edit(text)) })
  }

  test("finds nothing wrong in what add left, edited or not", async () => {
    const { cwd } = await project()
    write(cwd, { [CORE]: "// mine\n" })
    expect(await verify(cwd)).toEqual({ code: 0, ok: true, mismatches: [], unchecked: [] })
  })

  test("tells a kept text that was tampered with, and one that is damaged or gone", async () => {
    const { cwd } = await project()
    rewriteBase(cwd, (text) => text.replace("rows", "cows"))
    expect(await verify(cwd)).toMatchObject({ code: 1, mismatches: [{ item: "core", path: CORE }] })
    write(cwd, { [BASE]: "no gzip" })
    expect(await verify(cwd)).toMatchObject({ code: 1, mismatches: [{ item: "core", path: null }] })
    rmSync(join(cwd, BASE))
    const { mismatches } = await verify(cwd)
    expect(mismatches).toMatchObject([
      { item: "core", fix: expect.stringContaining("npx stackdock add core") },
    ])
  })

  test("tells a lock file that calls a changed file untouched", async () => {
    const { cwd } = await project()
    const { items } = JSON.parse(readFileSync(join(cwd, "stackdock.lock"), "utf8"))
    const { installed } = items.core.files[CORE]
    const lock = readFileSync(join(cwd, "stackdock.lock"), "utf8")
    write(cwd, {
      "stackdock.lock": lock.replace(`"installed": "${installed}"`, `"installed": "${"0".repeat(64)}"`),
    })
    expect(await verify(cwd)).toMatchObject({ code: 1, mismatches: [{ path: CORE }] })
  })

  test("tells a registry that publishes other bytes under the same version, and not that it has a newer one", async () => {
    const { cwd, own, publish } = await project()
    const other = await acmeRegistry(acmeItems(), { "src/core/dock.ts": "export type AnyDock = 2\n" })
    publish(other)
    expect(await verify(cwd)).toMatchObject({ code: 1, mismatches: [{ item: "core", path: CORE }] })
    publish(registry)
    publish(newer)
    expect(await verify(cwd)).toMatchObject({ ok: true, unchecked: [] })
    rmSync(join(own, "core@1.0.0.json"))
    expect(await verify(cwd)).toMatchObject({ ok: true, unchecked: [{ item: "core" }] })
  })

  test("tells a kept text of an item that is not there", async () => {
    const { cwd } = await project()
    renameSync(join(cwd, BASE), join(cwd, ".stackdock/base/other.json.gz"))
    const { mismatches } = await verify(cwd)
    expect(mismatches.map(({ item }) => item)).toEqual(["other", "core"])
  })
})
