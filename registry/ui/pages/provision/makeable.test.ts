import { expect, test } from "vitest"
import type { Operation } from "../../../engine/provision-report.ts"
import type { DockStatus, ProviderInfo } from "../../../engine/reading.ts"
import { askedFor, makeableByTable, onlyOne } from "./makeable.ts"

const kind = (name: string, table: Operation["table"]): Operation => ({
  name,
  title: name,
  table,
  isDisruptive: false,
  fields: [],
})

const provider = (name: string, ...kinds: Operation[]): ProviderInfo => ({
  provider: name,
  title: name,
  website: "",
  look: null,
  tables: [],
  credentialFields: [],
  kinds,
  actions: [],
})

function dock(id: string, provider: string, status: DockStatus["status"] = "connected"): DockStatus {
  return {
    id,
    orgId: "o",
    provider,
    name: `${id}-name`,
    title: provider,
    accountId: null,
    accountName: null,
    status,
    lastError: null,
    lastSyncedAt: null,
    syncIntervalMinutes: null,
    createdAt: "",
    updatedAt: "",
    isSyncing: false,
    lastRun: null,
    nextSyncAt: null,
    budget: [],
    rows: 0,
  }
}

const providers = [
  provider("acme", kind("server", "servers"), kind("record", "dnsRecords")),
  provider("zeta", kind("record", "dnsRecords")),
]

test("only what a connected account can make is offered", () => {
  expect([...makeableByTable(providers, []).keys()]).toEqual([])
  const offered = makeableByTable(providers, [dock("z", "zeta"), dock("a", "acme", "disconnected")])
  expect([...offered].map(([table, all]) => [table, all.map(({ provider }) => provider.provider)])).toEqual([
    ["dnsRecords", ["zeta"]],
  ])
})

test("a kind that several providers have is told apart by the account", () => {
  const all = makeableByTable(providers, [dock("a", "acme"), dock("z", "zeta")])
  expect(onlyOne(all, { kind: "record", dock: "z" })?.of.provider.provider).toBe("zeta")
  expect(onlyOne(all, { kind: "record", dock: "a-name" })?.of.provider.provider).toBe("acme")
  expect(onlyOne(all, { kind: "server", dock: "z" })).toBeUndefined()
  expect(onlyOne(all, {})).toBeUndefined()
})

test("as long as there is a choice, it is offered and not made", () => {
  const all = makeableByTable(providers, [dock("a", "acme"), dock("z", "zeta")])
  expect(onlyOne(all, { kind: "record" })).toBeUndefined()
  expect([...askedFor(all, { kind: "record" }).values()].flat()).toHaveLength(2)
  expect([...askedFor(all, { dock: "z" }).keys()]).toEqual(["dnsRecords"])
  expect(onlyOne(all, { kind: "server" })?.dock.id).toBe("a")
})
