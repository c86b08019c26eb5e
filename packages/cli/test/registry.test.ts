import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { acmeItems, acmeRegistry, acmeSources } from "./acme-registry.ts"
import { emptyProject, errorOf, folder, json, snapshot, stackdock, write } from "./command.ts"
import { serve, serveFolder } from "./serve.ts"

let registry: string
let home: string
beforeAll(async () => {
  registry = await acmeRegistry()
  home = await serveFolder(registry)
})

const addFrom = (cwd: string, from: string) =>
  stackdock(["add", "acme", "--yes", "--no-install", "--json", "--registry", from], { cwd })

/** Adds from a registry that misbehaves: nothing may be written. */
async function failing(from: string) {
  const cwd = emptyProject()
  const before = snapshot(cwd)
  const outcome = await addFrom(cwd, from)
  expect(outcome.code).not.toBe(0)
  expect(snapshot(cwd)).toEqual(before)
  expect(outcome.stderr).not.toContain("    at ")
  return Object.assign(errorOf(outcome), { exit: outcome.code })
}

/** A registry whose `acme` item is not what was built. */
function changed(change: (item: Record<string, unknown>) => unknown): string {
  const dir = folder({})
  for (const [path, content] of Object.entries(snapshot(registry))) write(dir, { [path]: content })
  const item = JSON.parse(readFileSync(join(dir, "acme.json"), "utf8"))
  write(dir, { "acme.json": JSON.stringify(change(item)) })
  return dir
}

function withTarget(target: string): string {
  return changed((item) => {
    const [file] = item["files"] as { content: string }[]
    return {
      ...item,
      files: [{ ...file, target }],
      meta: { stackdock: { kind: "dock", provider: "acme", version: "1" } },
    }
  })
}

describe.concurrent("a registry behind a URL", () => {
  test("gives the same as the folder it was built into", async () => {
    const [fromUrl, fromFolder] = [emptyProject(), emptyProject()]
    expect(await addFrom(fromUrl, `${home}/registry.json`)).toMatchObject({ code: 0 })
    expect(await addFrom(fromFolder, registry)).toMatchObject({ code: 0 })
    const text = (cwd: string) => readFileSync(join(cwd, "src/stackdock/docks/acme/index.ts"), "utf8")
    expect(text(fromUrl)).toBe(text(fromFolder))
    const lock = JSON.parse(readFileSync(join(fromUrl, "stackdock.lock"), "utf8"))
    expect(lock.items.acme.registry).toBe(home)
  })

  test("that answers 404 says which item is not there", async () => {
    const nowhere = await serve((_, response) => response.writeHead(404).end("not here"))
    expect(await failing(nowhere)).toMatchObject({ code: "unknown_item", exit: 2 })
  })

  test("that answers 500 is named with its status", async () => {
    const broken = await serve((_, response) => response.writeHead(500).end())
    expect((await failing(broken)).message).toContain("500")
  })

  test("that answers with HTML says so", async () => {
    const page = await serve((_, response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><h1>Hi</h1>"),
    )
    expect((await failing(page)).message).toContain("HTML")
    const disguised = await serve((_, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end("<!doctype html>"),
    )
    expect((await failing(disguised)).message).toContain("HTML")
  })

  test("that answers with 50 MB is cut off, with or without a declared length", async () => {
    let sent = 0
    const flood = await serve((_, response) => {
      const chunk = Buffer.alloc(64 * 1024, " ")
      const more = () => {
        while (sent < 50 * 1024 * 1024) {
          sent += chunk.length
          if (!response.write(chunk)) return void response.once("drain", more)
        }
        response.end()
      }
      more()
    })
    expect((await failing(flood)).code).toBe("registry_too_large")
    expect(sent).toBeLessThan(50 * 1024 * 1024)
    const honest = await serve((_, response) =>
      response.writeHead(200, { "content-length": 50 * 1024 * 1024 }).write(" "),
    )
    expect((await failing(honest)).code).toBe("registry_too_large")
  })

  test("that answers slowly is given up after 10 seconds", async () => {
    const slow = await serve((_, response) => {
      response.writeHead(200, { "content-type": "application/json" })
      const drip = setInterval(() => response.write(" "), 500)
      response.on("close", () => clearInterval(drip))
    })
    const error = await failing(slow)
    expect(error.code).toBe("registry_unreachable")
    expect(error.message).toContain("10 s")
  })

  test("that breaks off in mid-body is an error", async () => {
    const torn = await serve((_, response) => {
      response.writeHead(200, { "content-length": 1000 }).write('{"name": "acme"')
      setTimeout(() => response.destroy(), 50)
    })
    expect((await failing(torn)).code).toBe("registry_unreachable")
  })

  test("that nobody answers at is an error", async () => {
    expect((await failing("http://127.0.0.1:9")).code).toBe("registry_unreachable")
  })

  test("follows redirects, but neither in circles nor out of https", async () => {
    const moved = await serve((request, response) =>
      response.writeHead(302, { location: `${home}${request.url}` }).end(),
    )
    expect(await addFrom(emptyProject(), moved)).toMatchObject({ code: 0 })
    const circle = await serve((request, response) =>
      response.writeHead(302, { location: request.url ?? "" }).end(),
    )
    expect((await failing(circle)).message).toContain("redirects more than")
    const away = await serve((_, response) =>
      response.writeHead(302, { location: "http://registry.example/" }).end(),
    )
    expect((await failing(away)).message).toContain("not https")
  })

  test.for([
    ["ftp://example.com", "not https"],
    ["http://example.com/r", "not https"],
    ["https://user:hunter2@example.com/r", "user or password"],
    ["https://example.com/r?token=hunter2", "query"],
  ] as const)("%s is refused as an address, and no secret in it is repeated", async ([address, reason]) => {
    const error = await failing(address)
    expect(error).toMatchObject({ code: "registry_address", exit: 2 })
    expect(error.message).toContain(reason)
    expect(JSON.stringify(error)).not.toContain("hunter2")
  })
})

describe.concurrent("an item of a registry", () => {
  test.for([
    "~/../outside.ts",
    "~/src/../../outside.ts",
    "/etc/cron.d/x",
    "~/C:/x.ts",
    "~/%2e%2e/x.ts",
    "~/.git/hooks/pre-commit",
    "~/.husky/pre-commit",
    "~/.github/workflows/x.yml",
    "~/node_modules/x/index.js",
    "~/.npmrc",
    "~/package.json",
    "~/src/.env",
  ])("with the target %s is refused", async (target) => {
    expect((await failing(withTarget(target))).code).toBe("unsafe_target")
  })

  test("whose content is not what was hashed is refused", async () => {
    const tampered = changed((item) => ({
      ...item,
      files: (item["files"] as object[]).map((file) => ({ ...file, content: "evil()" })),
    }))
    expect((await failing(tampered)).code).toBe("wrong_hash")
  })

  test("with a file that has no hash is refused", async () => {
    const smuggled = changed((item) => {
      const extra = { path: "x.ts", type: "registry:file", target: "~/src/stackdock/x.ts", content: "evil()" }
      return { ...item, files: [...(item["files"] as object[]), extra] }
    })
    expect((await failing(smuggled)).code).toBe("wrong_hash")
  })

  test.for([
    ["no files", () => ({ name: "acme", type: "registry:item" })],
    [
      "content that is no text",
      (item: object) => ({
        ...item,
        files: [{ path: "a", type: "registry:file", target: "~/a", content: 1 }],
      }),
    ],
    ["another name", (item: object) => ({ ...item, name: "other" })],
    ["a package without a range", (item: object) => ({ ...item, dependencies: ["zod"] })],
    ["a package that is an option", (item: object) => ({ ...item, dependencies: ["--registry@1"] })],
    ["a list in place of an item", () => []],
  ] as const)("with %s is refused, and the problem is named", async ([, change]) => {
    const error = await failing(changed(change))
    expect(error.code).toBe("registry_malformed")
    expect(error["problems"]).not.toEqual([])
  })

  test("that needs an unknown item says which", async () => {
    expect(
      (await failing(changed((item) => ({ ...item, registryDependencies: ["nowhere"] })))).message,
    ).toContain("nowhere")
  })

  test("may be a universal item of shadcn's, without anything of ours", async () => {
    const dir = folder({
      "hello.json": JSON.stringify({
        name: "hello",
        type: "registry:item",
        files: [
          { path: "hello.ts", type: "registry:file", target: "~/lib/hello.ts", content: "export {}\n" },
        ],
      }),
    })
    const cwd = emptyProject()
    const outcome = await stackdock(["add", "hello", "--yes", "--no-install", "--json", "--registry", dir], {
      cwd,
    })
    expect(outcome).toMatchObject({ code: 0 })
    expect(readFileSync(join(cwd, "lib/hello.ts"), "utf8")).toBe("export {}\n")
  })
})

describe.concurrent("list, search and view", () => {
  test("list names every item and marks what the project has", async () => {
    const cwd = emptyProject()
    await addFrom(cwd, registry)
    const items = JSON.parse((await stackdock(["list", "--json", "--registry", registry], { cwd })).stdout)
    expect(items).toContainEqual(
      expect.objectContaining({ name: "acme", kind: "dock", provider: "acme", installed: true }),
    )
    expect(items).toContainEqual(expect.objectContaining({ name: "globex", installed: false }))
    expect((await stackdock(["list", "--registry", registry], { cwd })).stdout).toContain("✓ acme")
  })

  test("the bundled registry answers without a network or a project", async () => {
    const items = JSON.parse((await stackdock(["list", "--json"], { cwd: folder({}) })).stdout)
    expect(items).toContainEqual(expect.objectContaining({ name: "gridpane", kind: "dock" }))
  })

  test("search finds an item by what it fills, and says when there is none", async () => {
    const cwd = folder({})
    const found = await stackdock(["search", "servers", "--json", "--registry", registry], { cwd })
    expect(JSON.parse(found.stdout)).toMatchObject([{ name: "acme" }])
    const none = await stackdock(["search", "zzz", "--registry", registry], { cwd })
    expect(none).toMatchObject({ code: 0, stdout: "Nothing is about zzz.\n" })
  })

  test("view --json is the item as published", async () => {
    const outcome = await stackdock(["view", "acme", "--json", "--registry", registry], { cwd: folder({}) })
    expect(json(outcome)).toEqual(JSON.parse(readFileSync(join(registry, "acme.json"), "utf8")))
  })

  test("view shows whom a dock calls and what it asks for", async () => {
    const { stdout } = await stackdock(["view", "acme", "--registry", registry], { cwd: folder({}) })
    expect(stdout).toContain("api.acme.example")
    expect(stdout).toContain("apiKey (secret)")
    expect(stdout).toContain("baseUrl (optional)")
  })

  test("view of an unknown item names the nearest", async () => {
    const outcome = await stackdock(["view", "glbex", "--json", "--registry", registry], { cwd: folder({}) })
    expect(outcome.code).toBe(2)
    expect(errorOf(outcome).hint).toBe("Did you mean globex?")
  })
})

describe.concurrent("build", () => {
  test("the same sources make the same bytes, and only what changed is written", async () => {
    const dir = acmeSources()
    await stackdock(["build"], { cwd: dir })
    const first = snapshot(join(dir, "r"))
    const times = Object.keys(first).map((name) => statSync(join(dir, "r", name)).mtimeMs)
    const again = await stackdock(["build", "--json"], { cwd: dir })
    expect(json(again)).toMatchObject({ items: 8, written: [] })
    expect(snapshot(join(dir, "r"))).toEqual(first)
    expect(Object.keys(first).map((name) => statSync(join(dir, "r", name)).mtimeMs)).toEqual(times)
  })

  const [first, ...others] = acmeItems()
  test.for([
    [
      "a missing file",
      [{ ...first, files: [{ path: "nope.ts", type: "registry:file", target: "~/a.ts" }] }],
      "nope.ts: there is no such file",
    ],
    [
      "a file outside",
      [{ ...first, files: [{ path: "../../etc/passwd", type: "registry:file", target: "~/a.ts" }] }],
      "could leave",
    ],
    [
      "a target outside",
      [{ ...first, files: [{ path: "src/core/dock.ts", type: "registry:file", target: "~/../a.ts" }] }],
      "could leave",
    ],
    ["a name twice", [first, first, ...others], "two items of that name"],
    ["a target twice", [first, { ...first, name: "twin" }, ...others], "is a target of schema already"],
    ["an unknown dependency", [{ ...first, registryDependencies: ["nowhere"] }], '"nowhere"'],
    [
      "a test that is no file",
      [{ ...first, registryDependencies: [], meta: { stackdock: { tests: ["~/x"] } } }],
      "names ~/x",
    ],
    ["a dock without provider", [{ ...first, meta: { stackdock: { kind: "dock" } } }], "names its provider"],
    ["an upper-case name", [{ ...first, name: "Schema" }], "lower-case"],
  ] as const)("%s is told, and nothing is written", async ([, items, message]) => {
    const dir = acmeSources(items)
    const outcome = await stackdock(["build", "--json"], { cwd: dir })
    expect(outcome.code).toBe(1)
    expect(errorOf(outcome).message).toContain(message)
    expect(Object.keys(snapshot(dir)).filter((path) => path.startsWith("r/"))).toEqual([])
  })

  test("sources that are no JSON, or not there, are told", async () => {
    expect(
      errorOf(await stackdock(["build", "--json"], { cwd: folder({ "registry.json": "{" }) })).code,
    ).toBe("registry_invalid")
    expect(errorOf(await stackdock(["build", "--json"], { cwd: folder({}) })).code).toBe("registry_not_found")
  })
})
