import { spawnSync } from "node:child_process"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import { z } from "zod"

// The kit is tested from outside, in a vitest of its own: what it promises is that other tests fail.

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.enum(["passed", "failed", "skipped"]),
          failureMessages: z.array(z.string()).nullable(),
        }),
      ),
    }),
  ),
})

let files: z.output<typeof Report>["testResults"]

beforeAll(() => {
  const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs")
  const fixtures = join(import.meta.dirname, "fixtures")
  const { stdout } = spawnSync(
    process.execPath,
    [vitest, "run", "--root", fixtures, "--config", join(fixtures, "vitest.fixture.ts"), "--reporter=json"],
    { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  )
  files = Report.parse(JSON.parse(stdout.slice(stdout.indexOf("{")))).testResults
}, 120_000)

const testsOf = (group: string) =>
  files.flatMap((file) => file.assertionResults).filter((test) => test.fullName.startsWith(group))
const failuresOf = (group: string) => testsOf(group).filter((test) => test.status === "failed")
const said = (group: string) =>
  failuresOf(group)
    .flatMap((test) => test.failureMessages ?? [])
    .join("\n")

describe("conformance", () => {
  it("passes a dock that keeps its promises", () => {
    expect(testsOf("none").length).toBeGreaterThan(20)
    expect(failuresOf("none").map((test) => test.fullName)).toEqual([])
  })

  it.each([
    ["404 is empty", "404"],
    ["null is empty", "null"],
    ["invents a status", "'things/list.json' with each field dropped"],
    ["leaks", "lets no secret into a row"],
    ["same id", "gives each row of servers an id of its own"],
    ["is too pale", "has a look that can be told from white and from black"],
  ])("catches a dock where %s", (defect, test) => {
    expect(
      failuresOf(defect)
        .map((failed) => failed.fullName)
        .join("\n"),
    ).toContain(test)
  })
})

describe("provisioning", () => {
  it("passes a kind that keeps its promises", () => {
    expect(testsOf("makes well").length).toBeGreaterThan(5)
    expect(failuresOf("makes well").map((test) => test.fullName)).toEqual([])
  })

  it.each([
    ["never finds it", "times out at any request", "2-create.json, done"],
    ["never finds it", "killed at any moment", "killed at moment"],
    ["undoes nothing", "given up half-way", "expected true to be false"],
    ["takes silence for a refusal", "times out at any request", "2-create.json, not done"],
  ])("catches one that %s, where it %s", (defect, test, words) => {
    const caught = failuresOf(defect).filter(({ fullName }) => fullName.includes(test))
    expect(caught.flatMap(({ failureMessages }) => failureMessages ?? []).join("\n")).toContain(words)
  })
})

describe("replay", () => {
  it("passes when every request is recorded and every recording used", () => {
    expect(failuresOf("all used")).toEqual([])
  })

  it.each([
    "asks for another page",
    "asks for what looks like an asset",
    "asks another host and swallows the error",
  ])("fails a test that %s, and names the nearest recordings", (test) => {
    const message = said(`a miss that nobody looks at ${test}`)
    expect(message).toContain("No recording answers GET https://")
    expect(message).toContain("things/list.json")
  })

  it("fails a file in which a recording is never used, and names it", () => {
    const file = files.find(({ name }) => name.endsWith("unused.case.fixture.ts"))
    expect(file?.status).toBe("failed")
    expect(file?.message).toContain("No test used these recordings:\n  - things/list.json")
  })
})
