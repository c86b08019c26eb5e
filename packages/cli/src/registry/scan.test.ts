import { describe, expect, test } from "vitest"
import { scan, scanImports } from "./scan.ts"

const none = () => false

describe("what a source file imports", () => {
  test("is found in every form", () => {
    const source = `
import { a } from "./a.ts"
import type { B } from '../b.ts'
import "side-effect"
export * from "@scope/all/deep"
const late = await import("./late.ts")
vi.mock("./mocked.ts")
`
    expect(scanImports(source, none)).toEqual([
      "./a.ts",
      "../b.ts",
      "side-effect",
      "@scope/all/deep",
      "./late.ts",
      "./mocked.ts",
    ])
  })

  test("is not what a comment or a string tells", () => {
    const source = `
import { a } from "./a.ts"
// import { b } from "b"
/* export * from "c" */
const text = 'import { d } from "d"'
const template = \`import { e } from "e"\`
`
    expect(scanImports(source, none)).toEqual(["./a.ts"])
  })
})

describe("what code reaches for", () => {
  test("hosts in its strings, not in comments, not of this machine, not where its documentation is", () => {
    const source = `
/** See https://docs.example.com/api */
const base = "https://API.example.com/v1"
const link = \`https://\${name}.evil.example/x\`
const other = \`https://console.example.com/\${id}\`
const local = "http://127.0.0.1:3000"
const dock = { website: "https://www.example.com", documentedAt: "https://help.example.com/limits" }
`
    expect(scan(source).hosts).toEqual(["api.example.com", "console.example.com"])
  })

  test("environment variables", () => {
    expect(
      scan('process.env.ONE; process.env["TWO"]; import.meta.env.THREE // process.env.FOUR').variables,
    ).toEqual(["ONE", "TWO", "THREE"])
  })

  test.for([
    ["const a: any = 1", true],
    ["const a = b as any", true],
    ["const a: Promise<any> = b", true],
    ["const a: Map<string, any> = b", true],
    ["type A = any", true],
    ["function f(x: string | any) {}", true],
    ["const any = 1; f(any)", false],
    ["Promise.any(all)", false],
    ["z.any()", false],
    ["const a: { any: string } = b // : any", false],
    ['const a = "as any"', false],
  ] as const)("%s: the type any is %s", ([source, expected]) => {
    expect(scan(source).usesAny).toBe(expected)
  })
})
