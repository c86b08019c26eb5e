import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { detectProject } from "./detect.ts"
import { editPackageJson, missingPackages } from "./packages.ts"

let dir: string

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "stackdock-packages-"))
})
afterEach(() => rmSync(dir, { recursive: true }))

async function plan(manifest: object, dependencies: Record<string, string>, devDependencies = {}) {
  writeFileSync(join(dir, "package.json"), JSON.stringify(manifest))
  return missingPackages(await detectProject(dir), dependencies, devDependencies)
}

const nothing = { dependencies: {}, devDependencies: {}, raised: [], conflicts: [] }

describe("what package.json lacks", () => {
  test("is everything in an empty project", async () => {
    expect(await plan({}, { zod: "^4.6.7" }, { vitest: "^4.1.12" })).toEqual({
      ...nothing,
      dependencies: { zod: "^4.6.7" },
      devDependencies: { vitest: "^4.1.12" },
    })
  })

  test.each(["^4.6.7", "^4.7.0", "~4.6.9", "4.8.0", "npm:zod@^4.9.0", "workspace:*", "catalog:", "latest"])(
    "is nothing when zod %s is there",
    async (present) => {
      expect(await plan({ dependencies: { zod: present } }, { zod: "^4.6.7" })).toEqual(nothing)
    },
  )

  test("is a higher minimum when an older one of the same major is there", async () => {
    expect(await plan({ dependencies: { zod: "^4.0.0" } }, { zod: "^4.6.7" })).toEqual({
      ...nothing,
      dependencies: { zod: "^4.6.7" },
      raised: [{ name: "zod", from: "^4.0.0", to: "^4.6.7" }],
    })
  })

  test.each(["^3.25.0", "3.x", "4.0.5", "^5.0.0", "~0.9.1"])("zod %s is a conflict", async (present) => {
    expect(await plan({ dependencies: { zod: present } }, { zod: "^4.6.7" })).toEqual({
      ...nothing,
      conflicts: [{ name: "zod", present, wanted: "^4.6.7" }],
    })
  })

  test("below 1.0 the minor is the line that must be kept", async () => {
    expect(await plan({ dependencies: { kysely: "^0.29.0" } }, { kysely: "^0.28.18" })).toMatchObject({
      conflicts: [{ name: "kysely" }],
    })
  })

  test("`>=` takes any later major", async () => {
    expect(await plan({ devDependencies: { vitest: "^5.0.0" } }, {}, { vitest: ">=4.1.0" })).toEqual(nothing)
  })

  test("a tag is judged by what is installed", async () => {
    mkdirSync(join(dir, "node_modules/zod"), { recursive: true })
    writeFileSync(join(dir, "node_modules/zod/package.json"), '{ "version": "3.25.1" }')
    expect(await plan({ dependencies: { zod: "latest" } }, { zod: "^4.6.7" })).toMatchObject({
      conflicts: [{ name: "zod", present: "latest", wanted: "^4.6.7" }],
    })
  })

  test("a development package that is needed at run time moves", async () => {
    const manifest = { devDependencies: { zod: "^4.8.0", vitest: "^4.1.12" } }
    const found = await plan(manifest, { zod: "^4.6.7" })
    expect(found).toEqual({ ...nothing, dependencies: { zod: "^4.8.0" } })
    expect(JSON.parse(editPackageJson(JSON.stringify(manifest), found))).toEqual({
      devDependencies: { vitest: "^4.1.12" },
      dependencies: { zod: "^4.8.0" },
    })
  })

  test("a development package that is there for run time stays there", async () => {
    expect(await plan({ dependencies: { msw: "^2.9.0" } }, {}, { msw: "^2.9.0" })).toEqual(nothing)
  })
})

describe("editing package.json", () => {
  test("rewrites only the list that changes, in the file's own style", () => {
    const text = `{
\t"name": "app",  "private": true,
\t"files": ["dist", "src"],
\t"dependencies": {
\t\t"hono": "^4.0.0",
\t\t"zx": "^8.0.0"
\t},
\t"scripts": { "dependencies": "x", "test": "vitest" }
}
`
    expect(editPackageJson(text, { dependencies: { zod: "^4.6.7" } })).toBe(
      text.replace('\t\t"zx"', '\t\t"zod": "^4.6.7",\n\t\t"zx"'),
    )
  })

  test("adds a list that is not there, at the end", () => {
    expect(editPackageJson('{\n    "name": "app"\n}', { devDependencies: { vitest: "^4.1.12" } })).toBe(
      '{\n    "name": "app",\n    "devDependencies": {\n        "vitest": "^4.1.12"\n    }\n}',
    )
  })

  test("fills an empty object and an empty list", () => {
    expect(editPackageJson("{}\n", { dependencies: { zod: "^4.6.7" } })).toBe(
      '{\n  "dependencies": {\n    "zod": "^4.6.7"\n  }\n}\n',
    )
    expect(editPackageJson('{ "dependencies": {} }', { dependencies: { a: "1" } })).toBe(
      '{ "dependencies": {\n    "a": "1"\n  } }',
    )
  })

  test("keeps carriage returns and an order that is not alphabetical", () => {
    const text = '{\r\n  "dependencies": {\r\n    "zod": "^4.0.0",\r\n    "hono": "^4.0.0"\r\n  }\r\n}\r\n'
    expect(editPackageJson(text, { dependencies: { a: "1.0.0" } })).toBe(
      text.replace('"hono": "^4.0.0"\r\n', '"hono": "^4.0.0",\r\n    "a": "1.0.0"\r\n'),
    )
  })

  test("raises a development package where it is listed", () => {
    const text = '{\n  "dependencies": {\n    "msw": "^2.0.0"\n  }\n}\n'
    expect(editPackageJson(text, { devDependencies: { msw: "^2.9.0" } })).toBe(
      text.replace("^2.0.0", "^2.9.0"),
    )
  })

  test("changes nothing when there is nothing to add", () => {
    expect(editPackageJson("{}", { dependencies: {} })).toBe("{}")
  })
})
