import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterAll, describe, expect, test } from "vitest"
import { isReal } from "../transaction/change.ts"
import { baseChange, basePath, readBase } from "./base.ts"

const scratch = mkdtempSync(join(tmpdir(), "stackdock-base-"))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const texts = new Map([
  ["~/b.ts", "two\n"],
  ["~/a.ts", "one – ü\r\n"],
])

function projectWith(bytes?: string | Uint8Array): string {
  const dir = mkdtempSync(join(scratch, "p-"))
  const path = join(dir, basePath("acme"))
  mkdirSync(dirname(path), { recursive: true })
  if (bytes !== undefined) writeFileSync(path, bytes)
  return dir
}

describe("the kept text of an item", () => {
  test("comes back as it was given", () => {
    const { after } = baseChange(projectWith(), "acme", texts)
    expect(readBase(projectWith(after), "acme")).toEqual(new Map([...texts].sort()))
  })

  test("is the same bytes whatever order it was given in, with no date or system in them", () => {
    const { after } = baseChange(projectWith(), "acme", texts)
    expect(baseChange(projectWith(), "acme", new Map([...texts].reverse())).after).toEqual(after)
    expect([...(after ?? "")].slice(4, 10)).toEqual([0, 0, 0, 0, 2, 255])
  })

  test("is not written again when another compressor made other bytes of the same text", () => {
    const theirs = gzipSync(JSON.stringify(Object.fromEntries([...texts].sort())), { level: 1 })
    expect(isReal(baseChange(projectWith(theirs), "acme", texts))).toBe(false)
    expect(isReal(baseChange(projectWith(theirs), "acme", new Map([["~/a.ts", "other"]])))).toBe(true)
  })

  test("that nobody keeps any more goes away", () => {
    const change = baseChange(projectWith("x"), "acme", undefined)
    expect(change.after).toBeUndefined()
    expect(isReal(change)).toBe(true)
  })

  test.for([
    ["no gzip", "text"],
    ["no JSON", gzipSync("{")],
    ["no texts", gzipSync('{"a":1}')],
  ] as const)("with %s in it is told, with the way to mend it", ([, bytes]) => {
    expect(() => readBase(projectWith(bytes), "acme")).toThrow(/\.stackdock\/base\/acme\.json\.gz cannot/)
  })

  test("of an item whose name would lead elsewhere is refused", () => {
    expect(() => readBase(scratch, "../acme")).toThrow()
  })
})
