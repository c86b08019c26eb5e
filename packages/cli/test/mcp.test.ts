import { existsSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Client } from "@modelcontextprotocol/client"
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import * as z from "zod"
import { emptyProject, snapshot, stackdock, write } from "./command.ts"

const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url))
const project = emptyProject()
const client = new Client({ name: "test", version: "1.0.0" })

beforeAll(async () => {
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [bin, "mcp"],
      cwd: project,
      stderr: "ignore",
    }),
  )
})
afterAll(() => client.close())

async function call(name: string, args: Record<string, unknown> = {}) {
  const { content, isError = false } = await client.callTool({ name, arguments: args })
  const texts = z.array(z.object({ type: z.literal("text"), text: z.string() })).parse(content)
  return { isError, told: JSON.parse(texts[0]?.text ?? "null"), notes: texts[1]?.text ?? "" }
}

describe("the server for coding agents", () => {
  it("has a tool for each thing, and says which of them writes", async () => {
    const { tools } = await client.listTools()
    const writing = tools.filter(({ annotations }) => !annotations?.readOnlyHint).map(({ name }) => name)
    expect(tools.map(({ name }) => name).sort()).toEqual(
      "apply check diff list plan_add plan_create plan_update search status view".split(" "),
    )
    expect(writing).toEqual(["apply"])
    expect(client.getInstructions()).toContain("only then apply")
  })

  it("lists, searches and views, without the contents of hundreds of files", async () => {
    const names = (items: { name: string }[]) => items.map(({ name }) => name)
    expect(names((await call("list")).told)).toContain("gridpane")
    expect(names((await call("search", { words: ["dns"] })).told)).toContain("vercel")
    const { told } = await call("view", { item: "gridpane" })
    expect(told).toMatchObject({ name: "gridpane", stackdock: { hosts: ["my.gridpane.com"] } })
    expect(JSON.stringify(told).length).toBeLessThan(40_000)
    const one = await call("view", { item: "gridpane", file: "docks/gridpane/index.ts" })
    expect(one.told.content).toContain("defineDock")
  })

  it("writes nothing before a plan is applied, and then just what was planned, once", async () => {
    const before = snapshot(project)
    const planned = await call("plan_add", { items: ["gridpane"], tests: false, install: false })
    expect(planned).toMatchObject({
      isError: false,
      told: { token: expect.any(String), plan: { dryRun: true } },
    })
    expect(snapshot(project)).toEqual(before)
    const applied = await call("apply", { token: planned.told.token })
    expect(applied).toMatchObject({
      isError: false,
      told: { dryRun: false, written: planned.told.plan.written },
    })
    expect(existsSync(join(project, "src/stackdock/docks/gridpane/index.ts"))).toBe(true)
    expect(await call("apply", { token: planned.told.token })).toMatchObject({
      isError: true,
      told: { error: { code: "unknown_plan" } },
    })
  })

  it("does not apply a plan to a project that has changed since", async () => {
    const { told } = await call("plan_add", { items: ["vercel"], tests: false, install: false })
    write(project, { "src/stackdock/docks/vercel/types.ts": "// mine\n" })
    expect(await call("apply", { token: told.token })).toMatchObject({
      isError: true,
      told: { error: { code: "plan_changed" } },
    })
    expect(existsSync(join(project, "src/stackdock/docks/vercel/index.ts"))).toBe(false)
  })

  it("tells the state of the project, and what differs", async () => {
    const edited = { "src/stackdock/docks/gridpane/gone.ts": "export const mine = 1\n" }
    write(project, edited)
    const status = await call("status")
    expect(status.told.items).toContainEqual(expect.objectContaining({ name: "gridpane", state: "edited" }))
    const diff = await call("diff", { items: ["gridpane"], side: "mine" })
    expect(diff.told.items[0].mine[0].diff).toContain("+export const mine = 1")
    expect((await call("plan_update")).isError).toBe(false)
  })

  it("plans a new dock", async () => {
    const before = snapshot(project)
    const { isError, told } = await call("plan_create", { provider: "acme" })
    expect([isError, told.plan.folder]).toEqual([false, "src/stackdock/docks/acme"])
    expect(snapshot(project)).toEqual(before)
  })

  it("checks a dock", async () => {
    const { isError, told } = await call("check", { providers: ["gridpane"] })
    expect(isError).toBe(true)
    expect(told.docks[0].provider).toBe("gridpane")
  })

  it("answers what is wrong with an error that says what to do, and takes no option for a name", async () => {
    expect(await call("view", { item: "gridpan" })).toMatchObject({
      isError: true,
      told: { error: { hint: expect.stringContaining("gridpane") } },
    })
    const option = await client
      .callTool({ name: "plan_add", arguments: { items: ["--yes"] } })
      .catch(() => "refused")
    expect(option === "refused" || Object(option).isError).toBe(true)
  })

  it("has help like any command", async () => {
    const { code, stdout } = await stackdock(["mcp", "--help"], { cwd: project })
    expect([code, stdout]).toEqual([0, expect.stringContaining("Serve coding agents")])
  })
})
