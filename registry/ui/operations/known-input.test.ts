import { expect, test } from "vitest"
import type { InputField } from "../../engine/provision-report.ts"
import type { ListedResource } from "../../engine/reading.ts"
import { textField } from "../forms/text-field.ts"
import { knownInput } from "./known-input.ts"

function fields(...names: string[]): InputField[] {
  return names.map((name) => ({ ...textField(name, name), isSecret: name === "token" }))
}

// A row has some forty columns, of which these are told.
const row = {
  name: "www.example.com",
  content: "192.0.2.7",
  ttl: 300,
  priority: null,
  token: "x",
} as Partial<ListedResource<"dnsRecords">> as ListedResource

test("a change begins from what the row has in columns of the same name", () => {
  expect(knownInput(fields("content", "ttl", "priority", "comment"), row)).toEqual({
    content: "192.0.2.7",
    ttl: 300,
  })
})

test("neither a name nor a secret is filled in: the one may be the name of something else", () => {
  expect(knownInput(fields("name", "token"), row)).toEqual({})
})

test("a change of a DNS record begins from the record, whatever the dock calls its parts", () => {
  const record = { ...row, recordType: "CNAME", zoneName: "example.com" } as ListedResource
  const [name, type, value] = fields("name", "type", "value")
  const asked = (description: string) => [{ ...name, description }, type, value] as InputField[]
  const rest = { type: "CNAME", value: "192.0.2.7" }
  expect(knownInput(asked("Within the zone, such as www"), record)).toEqual({ name: "www", ...rest })
  expect(knownInput(asked("The full name"), record)).toEqual({ name: "www.example.com", ...rest })
})

test("a choice that the form does not offer is not made", () => {
  const record = { ...row, recordType: "LOC", zoneName: "example.com" } as ListedResource
  const [type] = fields("type")
  expect(knownInput([{ ...type, choices: ["A", "CNAME"] } as InputField], record)).toEqual({})
})
