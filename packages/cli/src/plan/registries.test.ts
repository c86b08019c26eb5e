import { describe, expect, test } from "vitest"
import { placeholder } from "../registry/environment.ts"
import { parseRegistry } from "./registries.ts"

const places = { cwd: "/home/project/deep", dir: "/home/project" }
const none = { headers: [], params: [] }

describe("the address of a registry", () => {
  test.for([
    ["@acme=https://acme.example/r/{name}.json", "https://acme.example/r/{name}.json"],
    ["@acme=https://acme.example/r", "https://acme.example/r/{name}.json"],
    ["@acme=https://acme.example/r/registry.json", "https://acme.example/r/{name}.json"],
    ["@acme=https://acme.example/{name}/latest.json", "https://acme.example/{name}/latest.json"],
    ["@acme=./r", "./deep/r"],
    ["@acme=../../other/r", "../other/r"],
    ["@acme=acme/registry#main", "acme/registry#main"],
  ] as const)("%s is kept as %s", ([text, url]) => {
    expect(parseRegistry(text, none, places)).toEqual({ name: "@acme", place: { url } })
  })

  test("goes with headers and params that name variables", () => {
    const [header, param] = [`Authorization: Bearer ${placeholder("TOKEN")}`, `key=${placeholder("KEY")}`]
    const given = { headers: [header, "Accept-Language: de"], params: [param] }
    expect(parseRegistry("@acme=https://acme.example/r", given, places).place).toEqual({
      url: "https://acme.example/r/{name}.json",
      headers: { Authorization: `Bearer ${placeholder("TOKEN")}`, "Accept-Language": "de" },
      params: { key: placeholder("KEY") },
    })
  })

  test.for([
    ["@acme=https://acme.example/r", { params: ["token=hunter2"] }, "looks like a secret"],
    ["@acme=https://acme.example/r", { headers: ["X-Api-Key: hunter2"] }, "looks like a secret"],
    ["@acme=https://acme.example/r", { headers: ["x"] }, "a name and a value"],
    ["@acme=./r", { headers: ["x: y"] }, "https:// address"],
    ["@acme=https://acme.example/r?token=hunter2", {}, "query"],
    ["@acme=https://user:hunter2@acme.example/r", {}, "user or password"],
    [`@acme=https://acme.example/${placeholder("TOKEN")}/r`, {}, "headers or params"],
    ["@acme=http://acme.example/r", {}, "not https"],
    ["@stackdock=https://acme.example/r", {}, "comes with the command"],
    ["@Acme=https://acme.example/r", {}, "no name of a registry"],
    ["acme=https://acme.example/r", {}, "no name of a registry"],
    ["@acme=@other", {}, "not for another name"],
  ] as const)("%s with %j is refused, and no secret in it is repeated", ([text, given, reason]) => {
    const act = () => parseRegistry(text, { ...none, ...given }, places)
    expect(act).toThrow(reason)
    expect(act).not.toThrow("hunter2")
  })
})
