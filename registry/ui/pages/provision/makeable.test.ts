import { expect, test } from "vitest"
import type { Operation } from "../../../engine/provision-report.ts"
import type { DockStatus, ProviderInfo } from "../../../engine/reading.ts"
import { chosenFrom, makeableByTable } from "./makeable.ts"

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
  const all = [...makeableByTable(providers, [dock("a", "acme"), dock("z", "zeta")]).values()].flat()
  expect(chosenFrom(all, { kind: "record", dock: "z" })?.of.provider.provider).toBe("zeta")
  expect(chosenFrom(all, { kind: "record", dock: "a-name" })?.of.provider.provider).toBe("acme")
  expect(chosenFrom(all, { kind: "server", dock: "z" })).toBeUndefined()
  expect(chosenFrom(all, { kind: undefined })).toBeUndefined()
})
