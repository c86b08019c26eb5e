import { expect, test } from "vitest"
import type { Place } from "../data/navigation.tsx"
import { addressOf, placeAt, query, searchOf } from "./places.ts"

const places: Place[] = [
  { page: "overview" },
  { page: "docks" },
  { page: "connect" },
  { page: "table", table: "dnsRecords" },
  { page: "resource", id: "servers_12" },
  { page: "resource", id: "a/b c%" },
  { page: "backups" },
  { page: "deployments" },
  { page: "provision" },
  { page: "provisioning", id: "p1" },
  { page: "monitoring" },
  { page: "activity" },
  { page: "settings" },
]

test.each(places)("the address of a place leads back to it: $page", (place) => {
  expect(placeAt(addressOf(place))).toEqual(place)
})

test("what a place is narrowed to stands in its address", () => {
  expect(addressOf({ page: "table", table: "servers", search: { status: "error", q: "a b" } })).toBe(
    "/infrastructure/servers?status=error&q=a+b",
  )
  expect(addressOf({ page: "connect", provider: "acme" })).toBe("/docks/connect?provider=acme")
  expect(addressOf({ page: "provision", kind: "server" })).toBe("/provision?kind=server")
})

test.each(["/nowhere", "/infrastructure/toString", "/infrastructure", "/docks/other", "/resource/a/b"])(
  "nothing is at %s",
  (path) => expect(placeAt(path)).toBeUndefined(),
)

test("an id that is no proper encoding is taken as it stands", () => {
  expect(placeAt("/resource/100%")).toEqual({ page: "resource", id: "100%" })
})

test("what looks like a number, or like yes and no, stays a text", () => {
  expect(searchOf("?q=41&on=true")).toEqual({ q: "41", on: "true" })
})

test("what is empty is left out of an address", () => {
  expect(query({ q: "", status: undefined })).toBe("")
})
