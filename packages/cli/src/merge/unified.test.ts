import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, test } from "vitest"
import { unifiedDiff } from "./unified.ts"

const scratch = mkdtempSync(join(tmpdir(), "stackdock-unified-"))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const lines = (...of: readonly (string | number)[]) => of.map((line) => `${line}\n`).join("")
const count = (to: number) => Array.from({ length: to }, (_, index) => index)

describe("a unified diff", () => {
  test("of equal texts is empty", () => {
    expect(unifiedDiff("a\n", "a\n")).toEqual([])
  })

  test("names where it is and shows three lines around", () => {
    expect(unifiedDiff(lines(...count(10)), lines(...count(5), "x", ...count(10).slice(6)))).toEqual([
      "@@ -3,7 +3,7 @@",
      ...[" 2", " 3", " 4", "-5", "+x", " 6", " 7", " 8"],
    ])
  })

  test("of a function put between two shows that function alone", () => {
    const before = lines("a() {", "}", "", "c() {", "}")
    const after = lines("a() {", "}", "", "b() {", "}", "", "c() {", "}")
    const changed = unifiedDiff(before, after).filter((line) => /^[+-]/.test(line))
    expect(changed).toHaveLength(3)
    expect(changed.every((line) => line.startsWith("+"))).toBe(true)
  })

  test("is what `git apply` makes the other text of, whatever the two are", () => {
    const random = generator(7)
    const text = () => lines(...Array.from({ length: random(30) }, () => random(6)))
    for (let round = 0; round < 25; round++) {
      const [before, after] = [text(), text()]
      const diff = unifiedDiff(before, after)
      if (diff.length === 0) {
        expect(after).toBe(before)
        continue
      }
      writeFileSync(join(scratch, "file"), before)
      writeFileSync(join(scratch, "patch"), lines("--- a/file", "+++ b/file", ...diff))
      execFileSync("git", ["apply", "patch"], { cwd: scratch })
      expect(readFileSync(join(scratch, "file"), "utf8")).toBe(after)
    }
  })
})

/** The same numbers in every run. */
function generator(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor((state / 2147483648) * below)
  }
}
