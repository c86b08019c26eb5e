import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { readTarball } from "./tar.ts"

const MOST = 1024 * 1024
const deep = `repo-main/${"a-folder-of-some-length/".repeat(9)}file.ts`

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "stackdock-tar-"))
  for (const [path, content] of [
    ["repo-main/registry.json", "{}"],
    ["repo-main/empty.txt", ""],
    [deep, "deep"],
  ] as const) {
    mkdirSync(dirname(join(dir, path)), { recursive: true })
    writeFileSync(join(dir, path), content)
  }
  symlinkSync("/etc/passwd", join(dir, "repo-main/link"))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const pack = (format: string) =>
  execFileSync("tar", [`--format=${format}`, "-czf", "-", "repo-main"], { cwd: dir, maxBuffer: MOST })

describe("an archive", () => {
  test.for(["pax", "gnu", "ustar"])(
    "in the format %s gives its files, long names too, and no links",
    (format) => {
      const files = readTarball(pack(format), MOST)
      const texts = [...files].map(([path, content]) => [path, Buffer.from(content).toString()])
      expect(Object.fromEntries(texts)).toEqual({
        "repo-main/registry.json": "{}",
        "repo-main/empty.txt": "",
        [deep]: "deep",
      })
    },
  )

  test("that would unpack to more than there is room for is refused", () => {
    expect(() => readTarball(gzipSync(Buffer.alloc(MOST * 2)), MOST)).toThrow()
  })

  test("that is cut off, or is something else, is refused", () => {
    const tar = gunzipSync(pack("pax"))
    const cut = tar.subarray(0, tar.lastIndexOf("deep") + 2)
    expect(() => readTarball(gzipSync(cut), MOST)).toThrow("in the middle")
    expect(() => readTarball(gzipSync(Buffer.alloc(2048, "x")), MOST)).toThrow("not a tar archive")
    expect(() => readTarball(Buffer.from("plain"), MOST)).toThrow()
  })
})
