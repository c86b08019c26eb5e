import { expect, test } from "vitest"
import { dockFiles } from "../src/create/dock-files.ts"
import { specFrom } from "../src/create/source.ts"
import { Ask } from "../src/framework/ask.ts"
import { folder } from "./command.ts"

const machine = {
  id: 4801,
  label: "web.harbour-bakery.io",
  state: "on",
  ip: "88.99.12.34",
  owner: "jane@doe.io",
}
const exchange = {
  startedDateTime: "2026-01-01T00:00:00Z",
  request: {
    method: "GET",
    url: "https://api.quayside.example/v1/machines?page=1",
    headers: [{ name: "Authorization", value: "Bearer q7RzT1vW9xK3mB8n" }],
  },
  response: {
    status: 200,
    content: {
      mimeType: "application/json",
      text: JSON.stringify({ machines: [machine], page: { last_page: 1 } }),
    },
  },
}

test("captured traffic tells the names and kinds of fields, and leaves no value of it behind", async () => {
  const dir = folder({ "quayside.har": JSON.stringify({ log: { entries: [exchange] } }) })
  const nothing = { openapi: undefined, from: undefined, title: undefined, website: undefined, table: [] }
  const wanted = { ...nothing, har: "quayside.har", yes: true }
  const spec = await specFrom("quayside", wanted, dir, new Ask({ CI: "1" }))
  expect(spec.resources.map(({ table, list }) => [table, list.path])).toEqual([["servers", "/v1/machines"]])
  const written = [...dockFiles(spec, "2026-01-01").values()].join("\n")
  for (const value of ["4801", "harbour-bakery", "88.99", "jane", "q7RzT1vW"]) {
    expect(written).not.toContain(value)
  }
})
