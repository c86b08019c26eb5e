import { expect, test } from "vitest"
import type { InputField } from "../../engine/provision-report.ts"
import { controlsFor, controlsOf } from "./controls.ts"
import { textField } from "./text-field.ts"
import { draftOf, readDraft } from "./values.ts"

function field(told: Partial<InputField> & Pick<InputField, "name">): InputField {
  return { ...textField(told.name, told.name), isRequired: false, ...told }
}

const number = (name: string, takes: string) => field({ name, takes, typed: "json", input: "number" })
const choice = (name: string, ...choices: string[]) => field({ name, input: "choice", choices })

function read(fields: InputField[], draft: Record<string, string>) {
  return readDraft(controlsOf(fields), draft)
}

test("what was left empty is left out, and asked for where it is needed", () => {
  const fields = [field({ name: "name", isRequired: true }), field({ name: "tag" })]
  expect(read(fields, { name: "  ", tag: "" })).toEqual({ values: {}, errors: { name: "This is needed." } })
})

test("dots in names become nested objects", () => {
  const fields = [
    field({ name: "repository.type" }),
    field({ name: "repository.repo" }),
    field({ name: "name" }),
  ]
  expect(
    read(fields, { "repository.type": "github", "repository.repo": "harbour/site", name: "site" }).values,
  ).toEqual({ repository: { type: "github", repo: "harbour/site" }, name: "site" })
})

test("numbers, yes and no, and choices of numbers come out as what they are", () => {
  const fields = [
    number("ttl", "whole number from 60 to 86400"),
    field({ name: "proxied", typed: "json", input: "boolean" }),
    { ...choice("status", "301", "302"), typed: "json" as const },
    choice("php", "8.2", "8.3"),
  ]
  expect(read(fields, { ttl: "300", proxied: "false", status: "302", php: "8.3" }).values).toEqual({
    ttl: 300,
    proxied: false,
    status: 302,
    php: "8.3",
  })
})

test("a number out of its range is told with the range, whatever of several ranges it is in", () => {
  const day = number("day", "whole number from 0 to 6 | whole number from 1 to 28")
  expect(read([day], { day: "28" }).values).toEqual({ day: 28 })
  expect(read([day], { day: "29" }).errors).toEqual({ day: "Needs a whole number from 0 to 28." })
  expect(read([day], { day: "1.5" }).errors).toEqual({ day: "Needs a whole number from 0 to 28." })
  expect(read([number("ttl", "whole number from 1")], { ttl: "0" }).errors).toEqual({
    ttl: "Needs a whole number from 1 up.",
  })
})

test("lists have one text a line, and lists of known words are chosen from", () => {
  const fields = [
    field({ name: "files", typed: "list", input: "list" }),
    field({ name: "targets", typed: "list", input: "list", choices: ["production", "preview"] }),
  ]
  const [files, targets] = controlsOf(fields)
  expect([files?.kind, targets?.kind, targets?.choices]).toEqual([
    "list",
    "several",
    ["production", "preview"],
  ])
  expect(read(fields, { files: "a.html\n\n b, c.html ", targets: "production\npreview" }).values).toEqual({
    files: ["a.html", "b, c.html"],
    targets: ["production", "preview"],
  })
})

test("pairs are read line by line or as JSON, and what is wrong is told without quoting it", () => {
  const variables = field({ name: "variables", takes: "object", typed: "json", input: "json" })
  expect(read([variables], { variables: `A=1\nB = "two = 2"\nC=` }).values).toEqual({
    variables: { A: "1", B: "two = 2", C: "" },
  })
  expect(read([variables], { variables: `{"A": "1"}` }).values).toEqual({ variables: { A: "1" } })
  const { errors } = read([variables], { variables: "hunter2" })
  expect(errors).toEqual({ variables: "Needs NAME=value on each line, or one JSON object." })
  expect(read([variables], { variables: `{"A": hunter2` }).errors["variables"]).not.toContain("hunter2")
})

test("a form begins with its defaults, or with what is known instead", () => {
  const controls = controlsOf([
    { ...choice("target", "preview", "production"), default: `"preview"` },
    field({ name: "names", typed: "list", input: "list", default: "[]" }),
    { ...choice("rule", "0", "1", "2"), typed: "json" as const },
    field({ name: "repository.branch" }),
  ])
  expect(draftOf(controls)).toEqual({ target: "preview", names: "", rule: "", "repository.branch": "" })
  const known = { target: "production", rule: "keep all", repository: { branch: "main" } }
  expect(draftOf(controls, known)).toEqual({
    target: "production",
    names: "",
    rule: "",
    "repository.branch": "main",
  })
})

test("a secret is never filled in", () => {
  const controls = controlsOf([field({ name: "password", isSecret: true, default: `"x"` })])
  expect(draftOf(controls, { password: "hunter2" })).toEqual({ password: "" })
})

test("credentials are asked for with where they are found", () => {
  const [control] = controlsOf([
    {
      name: "apiKey",
      title: "API key",
      where: "Account > API",
      isSecret: true,
      isRequired: true,
      input: "text",
      choices: null,
    },
  ])
  expect(control).toMatchObject({ label: "API key", help: "Account › API", kind: "secret", isRequired: true })
})

test("a field that depends on another is there, and needed, only with that one's words", () => {
  const fields = [
    choice("type", "A", "MX", "SRV"),
    field({ name: "value", dependsOn: { field: "type", shownFor: ["A", "MX"], requiredFor: ["A"] } }),
  ]
  const controls = controlsOf(fields)
  const shown = (type: string) => controlsFor(controls, { type }).map(({ name }) => name)
  expect([shown(""), shown("SRV"), shown("MX")]).toEqual([["type"], ["type"], ["type", "value"]])
  const needed = (type: string) => readDraft(controlsFor(controls, { type }), { type }).errors
  expect([needed("A"), needed("MX")]).toEqual([{ value: "This is needed." }, {}])
})

test("what was typed into a field that is no longer asked for is left out", () => {
  const controls = controlsOf([
    choice("type", "A", "MX"),
    field({ name: "priority", dependsOn: { field: "type", shownFor: ["MX"], requiredFor: [] } }),
  ])
  const draft = { type: "A", priority: "10" }
  expect(readDraft(controlsFor(controls, draft), draft).values).toEqual({ type: "A" })
})
