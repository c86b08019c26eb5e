import { join, posix, win32 } from "node:path"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { pathInProject } from "./target.ts"

const refused = [
  "src/stackdock/a.ts",
  "~/../a.ts",
  "~/a/../../b.ts",
  "~/./a.ts",
  "~//etc/passwd",
  "~/a//b.ts",
  "/etc/passwd",
  "~/C:/windows/a.ts",
  "~/c:a.ts",
  "\\\\server\\share\\a.ts",
  "~/..\\a.ts",
  "~/a\\b.ts",
  "~/%2e%2e/a.ts",
  "~/a%2fb.ts",
  "~/a\u0000.ts",
  "~/a\n.ts",
  "~/．．/a.ts",
  "~/.\u200dgit/config",
  "~/.git/config",
  "~/.GIT/config",
  "~/GIT~1/config",
  "~/a/.git/hooks/post-checkout",
  "~/.husky/pre-commit",
  "~/.github/workflows/a.yml",
  "~/.npmrc",
  "~/.env",
  "~/src/.env.local",
  "~/node_modules/zod/index.js",
  "~/a/Node_Modules/zod/index.js",
  "~/package.json",
  "~/Package.JSON",
  "~/src/stackdock/package.json",
  "~/pnpm-lock.yaml",
  "~/stackdock.json",
  "~/stackdock.lock",
  "~/src/stackdock/stackdock.ts",
  "~/src/stackdock/docks/index.ts",
  "~/con",
  "~/src/NUL.ts",
  "~/src/com1.ts",
  "~/src/a.",
  "~/src/a ",
  "~/",
  "~",
  "",
  "~/a.ts:stream",
  `~/${"a".repeat(300)}.ts`,
]

describe("where a registry may write", () => {
  test.for(refused)("refuses %j", (target) => {
    expect(() => pathInProject(target, "src/stackdock")).toThrow(/^Refused to write/)
  })

  test("puts shared code and docks under the project's root, the rest where it says", () => {
    expect(pathInProject("~/src/stackdock/core/http.ts", "convex/stackdock")).toBe(
      "convex/stackdock/core/http.ts",
    )
    expect(pathInProject("~/app/page.tsx", "convex/stackdock")).toBe("app/page.tsx")
    expect(pathInProject("~/app/[id]/(group)/$slug.tsx", "src/stackdock")).toBe("app/[id]/(group)/$slug.tsx")
  })

  test("whatever it lets through lies inside the project, visibly, on every system", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "..",
        ".",
        "",
        "a",
        "B.ts",
        ".git",
        "C:",
        "\\",
        "%2e%2e",
        "node_modules",
        "CON",
        "~",
        "/",
        "\u0000",
        "a.",
      ),
      fc.string({ unit: "grapheme", maxLength: 6 }),
    )
    const target = fc.array(piece, { maxLength: 6 }).map((pieces) => `~/${pieces.join("/")}`)
    fc.assert(
      fc.property(fc.oneof(target, fc.string()), (text) => {
        let path: string
        try {
          path = pathInProject(text, "src/stackdock")
        } catch {
          return
        }
        for (const { resolve, sep } of [posix, win32]) {
          const home = resolve("/home/project")
          expect(resolve(home, path).startsWith(home + sep)).toBe(true)
        }
        expect(join(path)).toBe(path)
        expect(path).not.toMatch(/(^|\/)(\.|node_modules(\/|$)|package\.json$)/i)
        expect(path).toMatch(/^[\x21-\x7e]+$/)
        expect(path).not.toMatch(/[\\%:~]/)
      }),
      { numRuns: 3000 },
    )
  })
})
