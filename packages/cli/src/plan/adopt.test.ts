import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { sha256 } from "../registry/hash.ts"
import { registryIndex } from "../registry/schema.ts"
import { recognise } from "./adopt.ts"

const scratch = mkdtempSync(join(tmpdir(), "stackdock-adopt-"))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const published: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  core: { "core/http.ts": "http\n", "core/page.ts": "page\n", "core/dock.ts": "dock\n" },
  acme: {
    "docks/acme/index.ts": "acme\n",
    "docks/acme/api.ts": "api\n",
    "docks/acme/acme.test.ts": "test\n",
  },
  other: { "docks/other/index.ts": "other\n", "docks/other/api.ts": "other api\n" },
}

const target = (path: string) => `~/src/stackdock/${path}`

const index = registryIndex.parse({
  name: "acme",
  homepage: "https://acme.example",
  items: Object.entries(published).map(([name, files]) => ({
    name,
    type: "registry:item",
    files: Object.keys(files).map((path) => ({ path, type: "registry:file", target: target(path) })),
    meta: {
      stackdock: {
        files: Object.fromEntries(Object.entries(files).map(([path, text]) => [target(path), sha256(text)])),
        tests: Object.keys(files).flatMap((path) => (path.includes(".test.") ? target(path) : [])),
      },
    },
  })),
})

function project(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(scratch, "p-"))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), text)
  }
  return dir
}

const under = (root: string, ...names: string[]) =>
  Object.fromEntries(
    names.flatMap((name) =>
      Object.entries(published[name] ?? {}).map(([path, text]) => [`${root}/${path}`, text]),
    ),
  )

const namesIn = (dir: string, root?: string) => {
  const { items, ...rest } = recognise(dir, index, root)
  return { ...rest, items: items.map(({ name }) => name) }
}

describe("code that came by other means", () => {
  test("is found where its targets say", () => {
    expect(namesIn(project(under("src/stackdock", "core", "acme")))).toEqual({
      root: "src/stackdock",
      items: ["core", "acme"],
      moved: new Map(),
      tests: true,
    })
  })

  test("is found under another folder, and a single file where it was moved to", () => {
    const { "lib/cloud/core/page.ts": page = "", ...files } = under("lib/cloud", "core", "acme")
    const dir = project({ ...files, "lib/paging/page.ts": page })
    expect(namesIn(dir)).toEqual({
      root: "lib/cloud",
      items: ["core", "acme"],
      moved: new Map([[target("core/page.ts"), "lib/paging/page.ts"]]),
      tests: true,
    })
  })

  test("is found by its names where it was changed, and told without its tests when they were left out", () => {
    const { "src/stackdock/docks/acme/acme.test.ts": _, ...files } = under("src/stackdock", "core", "acme")
    const dir = project({ ...files, "src/stackdock/docks/acme/api.ts": "mine\n" })
    expect(namesIn(dir)).toMatchObject({ items: ["core", "acme"], tests: false })
  })

  test("is not seen in what merely has a file of the name, nor in packages and builds", () => {
    const dir = project({
      "src/http.ts": "mine\n",
      "src/index.ts": "mine\n",
      ...under("node_modules/acme/src/stackdock", "acme"),
      ...under("dist/stackdock", "core"),
    })
    expect(namesIn(dir)).toMatchObject({ root: "src/stackdock", items: [] })
  })

  test("is looked for where the project keeps it, when that is known", () => {
    expect(namesIn(project(under("convex/stackdock", "core")), "convex/stackdock").items).toEqual(["core"])
  })
})
