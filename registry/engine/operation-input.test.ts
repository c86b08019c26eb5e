import { describe, expect, it } from "vitest"
import { z } from "zod"
import { secret } from "../core/credentials.ts"
import { Secret } from "../core/secret.ts"
import { StackdockError } from "./errors.ts"
import { inputFields } from "./input-fields.ts"
import { readInput, readKeptInput } from "./operation-input.ts"

const Record = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("A"),
    name: z.string(),
    content: z.ipv4(),
    ttl: z.int().min(60).max(86400).optional(),
  }),
  z.strictObject({ type: z.enum(["MX", "SRV"]), name: z.string(), priority: z.int() }),
])
const Site = z.strictObject({
  name: z.string().min(2).meta({ title: "Name", description: "As visitors see it" }),
  size: z.enum(["s", "m"]).default("s"),
  tags: z.array(z.string()).optional(),
  repository: z.strictObject({ url: z.url(), branch: z.string().optional() }).optional(),
  admin: z.strictObject({ user: z.string(), password: secret("Password").optional() }).optional(),
  variables: z.array(z.strictObject({ key: z.string(), value: secret("Value") })).optional(),
})

function refusal(schema: z.ZodType, raw: unknown): string {
  try {
    readInput(schema, raw, "the help")
  } catch (error) {
    expect(error).toBeInstanceOf(StackdockError)
    expect(error).toMatchObject({ code: "invalid_input", suggestion: "the help" })
    return error instanceof Error ? error.message : ""
  }
  return expect.fail("it was accepted")
}

describe("an input that is wrong", () => {
  it.each([
    [{}, "name is missing: expected string"],
    [{ name: "x" }, "name: Too small: expected string to have >=2 characters"],
    [{ name: "xx", size: "l" }, 'size: expected one of "s"|"m"'],
    [{ name: "xx", repository: {} }, "repository.url is missing"],
    [
      { name: "xx", repository: { url: "https://a.example", brunch: "x" } },
      "repository.brunch: there is no such field, only repository.url, repository.branch",
    ],
    [{ name: "xx", tags: ["a", 1] }, "tags.1: expected string, received number"],
    [[], "has to be one JSON object"],
    ["text", "has to be one JSON object"],
  ])("%j is told with its field, what was expected and what is allowed", (raw, message) => {
    expect(refusal(Site, raw)).toContain(message)
  })

  it.each([
    [{ type: "TXT" }, "type: Expected 'A' | 'MX' | 'SRV'"],
    [
      { type: "A", name: "a", content: "x", ttl: 1 },
      "content: Invalid IPv4 address; ttl: Too small: expected number to be >=60",
    ],
    [{ type: "MX", name: "a" }, "priority is missing: expected number"],
  ])("%j is judged by the shape that it names", (raw, message) => {
    expect(refusal(Record, raw)).toContain(message)
  })

  it("never repeats a value", () => {
    const raw = { name: 4711, admin: { user: "a", password: 4712 }, size: "fake-secret-size" }
    expect(refusal(Site, raw)).not.toMatch(/471|fake-secret/)
  })
})

describe("the secrets of an input", () => {
  const raw = {
    name: "site",
    admin: { user: "ada", password: " fake-secret-1 " },
    variables: [
      { key: "A", value: "fake-secret-2" },
      { key: "B", value: "fake-secret-3" },
    ],
  }

  it("reach the dock, and are not kept", () => {
    const read = readInput(Site, raw, "")
    expect(read.value).toMatchObject({ admin: { password: expect.any(Secret) } })
    expect(read.kept).toEqual({
      name: "site",
      admin: { user: "ada" },
      variables: [{ key: "A" }, { key: "B" }],
    })
    expect(read.withheld).toEqual([
      ["admin", "password"],
      ["variables", "0", "value"],
      ["variables", "1", "value"],
    ])
    expect(read.isWhole).toBe(true)
  })

  it("have stand-ins when what was kept is read again, and it is not whole", () => {
    const { kept, withheld } = readInput(Site, raw, "")
    const again = readKeptInput(Site, kept, withheld)
    expect(again).toMatchObject({
      isWhole: false,
      value: { name: "site", admin: { user: "ada" }, variables: [{ key: "A" }, { key: "B" }] },
    })
    expect(readKeptInput(Site, { name: "site" }, [])).toMatchObject({ isWhole: true, value: { size: "s" } })
    expect(readKeptInput(Site, { nome: "site" }, [])).toBeUndefined()
  })

  it("are told by their names, too, where the dock forgot to say so", () => {
    const Forgetful = z.strictObject({ name: z.string(), apiToken: z.string() })
    expect(readInput(Forgetful, { name: "a", apiToken: "fake-secret" }, "").kept).toEqual({ name: "a" })
  })
})

describe("the fields of an input", () => {
  it("say what they take, with dots for what is nested", () => {
    const told = inputFields(Site).map(({ name, takes, isRequired, isSecret }) => [
      name,
      takes,
      isRequired,
      isSecret,
    ])
    expect(told).toEqual([
      ["name", "text", true, false],
      ["size", "s | m", false, false],
      ["tags", "list of text", false, false],
      ["repository.url", "uri", false, false],
      ["repository.branch", "text", false, false],
      ["admin.user", "text", false, false],
      ["admin.password", "text", false, true],
      ["variables", "list of object", false, false],
    ])
    expect(inputFields(Site)[0]).toMatchObject({
      title: "Name",
      description: "As visitors see it",
      typed: "text",
    })
    expect(inputFields(Site)[1]).toMatchObject({ default: '"s"' })
    expect(inputFields(Site)[2]).toMatchObject({ typed: "list" })
  })

  it("of several shapes are one list", () => {
    const told = inputFields(Record).map(({ name, takes, typed, isRequired }) => [
      name,
      takes,
      typed,
      isRequired,
    ])
    expect(told).toEqual([
      ["type", "A | MX | SRV", "text", true],
      ["name", "text", "text", true],
      ["content", "ipv4", "text", false],
      ["ttl", "whole number from 60 to 86400", "json", false],
      ["priority", "whole number", "json", false],
    ])
  })

  it("say what a form asks for them with", () => {
    const Everything = z.strictObject({
      code: z.string().meta({ contentMediaType: "text/javascript" }),
      count: z.int(),
      isOpen: z.boolean(),
      status: z.union([z.literal(301), z.literal(302)]),
      names: z.array(z.string()),
      targets: z.array(z.enum(["a", "b"])),
      id: z.union([z.int(), z.string()]),
      spread: z.array(z.strictObject({ name: z.string() })),
    })
    const told = inputFields(Everything).map(({ name, input, choices, typed }) => [
      name,
      input,
      choices,
      typed,
    ])
    expect(told).toEqual([
      ["code", "multiline", null, "text"],
      ["count", "number", null, "json"],
      ["isOpen", "boolean", null, "json"],
      ["status", "choice", ["301", "302"], "json"],
      ["names", "list", null, "list"],
      ["targets", "list", ["a", "b"], "list"],
      ["id", "text", null, "text"],
      ["spread", "json", null, "json"],
    ])
  })

  it("of several shapes say with which values of another field they are there", () => {
    const told = inputFields(Record).map(({ name, dependsOn }) => [name, dependsOn])
    expect(told).toEqual([
      ["type", null],
      ["name", null],
      ["content", { field: "type", shownFor: ["A"], requiredFor: ["A"] }],
      ["ttl", { field: "type", shownFor: ["A"], requiredFor: [] }],
      ["priority", { field: "type", shownFor: ["MX", "SRV"], requiredFor: ["MX", "SRV"] }],
    ])
    const untold = z.union([z.strictObject({ files: z.string() }), z.strictObject({ branch: z.string() })])
    expect(inputFields(untold).map(({ dependsOn }) => dependsOn)).toEqual([null, null])
  })

  it("say whose ids they take, where the dock has said so of a table that there is", () => {
    const id = z.string()
    const Input = z.strictObject({
      zone: id.meta({ refersTo: { table: "domains", where: { kind: "zone" } } }).transform(Number),
      server: id.meta({ refersTo: { table: "servers" } }).optional(),
      account: id.meta({ refersTo: { table: "accounts" } }),
      name: id,
    })
    expect(inputFields(Input).map(({ name, refersTo }) => [name, refersTo])).toEqual([
      ["zone", { table: "domains", where: { kind: "zone" } }],
      ["server", { table: "servers", where: {} }],
      ["account", null],
      ["name", null],
    ])
  })
})
