import { beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ResourceTableName } from "../schema/index.ts"
import { environmentVault } from "../security/env.ts"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { memoryStore } from "../stores/memory/index.ts"
import { dockRow, NOW } from "./fake-dock.fixture.ts"
import type { ListedRow, Store } from "./ports.ts"
import { createStackdock, type Stackdock } from "./stackdock.ts"

let keys: string
beforeAll(async () => {
  keys = formatKeyset({ primary: await generateKey(), older: [] })
})

let store: Store
let stackdock: Stackdock
beforeEach(async () => {
  store = memoryStore()
  stackdock = createStackdock({
    docks: [],
    store,
    vault: environmentVault(keys),
    organization: { id: "org-1", name: "First" },
    roles: { gardener: { resources: "read" }, watcher: { monitoring: "read" } },
  })
  for (const [id, provider, accountId] of [
    ["panel", "panel", "7"],
    ["cloud", "cloud", "1"],
    ["cloud-again", "cloud", "1"],
    ["cloud-of-another", "cloud", "2"],
    ["names", "names", "1"],
    ["names-of-another", "names", "2"],
  ] as const) {
    await store.docks.insert(dockRow({ id, name: id, provider, accountId }))
  }
  await store.docks.insert(dockRow({ id: "foreign", orgId: "org-2", provider: "panel", accountId: "7" }))
})

const STATUS: Readonly<Partial<Record<ResourceTableName, string>>> = {
  servers: "running",
  deployments: "ready",
}

/** Writes a row, and gives its id. */
async function put(
  table: ResourceTableName,
  place: string,
  name: string,
  own: Record<string, unknown> = {},
  providerResourceId = name,
): Promise<string> {
  const orgId = place === "foreign" ? "org-2" : "org-1"
  const row: ListedRow = {
    providerResourceId,
    name,
    status: (STATUS[table] ?? "active") as "running",
    providerStatus: null,
    providerUrl: null,
    fullApiData: {},
    contentHash: "1",
    ...own,
  }
  const { provider } = (await store.docks.get(orgId, place)) ?? { provider: "" }
  await store.rows.put(table, { orgId, dockId: place, provider, scope: "account", row }, {}, NOW)
  const stored = await store.rows.find(table, { orgId, dockId: place, providerResourceId })
  return stored?.id ?? ""
}

async function related(id: string, as: Pick<Stackdock, "resource"> = stackdock): Promise<string[]> {
  return (await as.resource(id)).related.map(({ table, relation, because, rows, total }) => {
    const names = rows.map((row) => `${row.name} at ${row.dockId}`).join(", ")
    return `${relation} ${table}: ${because}: ${names}${total > rows.length ? ` of ${total}` : ""}`
  })
}

describe("rows of one account", () => {
  it("are found by the ids with which they name each other, both ways", async () => {
    const server = await put("servers", "panel", "web-1", {}, "41")
    const site = await put("webServices", "panel", "shop", { serverProviderId: "41" }, "9")
    await put("webServices", "panel", "staging", { serverProviderId: "41", parentProviderId: "9" }, "10")
    await put("deployments", "panel", "first", { webServiceProviderId: "9" })
    await put("backupSchedules", "panel", "nightly", { webServiceProviderId: "9", serverProviderId: "41" })
    await put("webServices", "cloud", "of another account", { serverProviderId: "41" })
    await put("webServices", "foreign", "of another organisation", { serverProviderId: "41" })
    expect(await related(server)).toEqual([
      "part webServices: Services on this server: shop at panel, staging at panel",
      "part backupSchedules: Backup schedules on this server: nightly at panel",
    ])
    expect(await related(site)).toEqual([
      "whole servers: The server that it is on: web-1 at panel",
      "part webServices: Copies of it for staging and previews: staging at panel",
      "part deployments: Its deployments: first at panel",
      "part backupSchedules: Its backup schedules: nightly at panel",
    ])
  })

  it("are no more than fifty in a group, and counted all the same", async () => {
    const zone = await put("domains", "names", "example.com", { kind: "zone" }, "z")
    for (let number = 0; number < 120; number += 1) {
      await put("dnsRecords", "names", `r${number}.example.com`, { domainProviderId: "z" })
    }
    const [group] = (await stackdock.resource(zone)).related
    expect(group).toMatchObject({ relation: "part", because: "Records of this zone", total: 120 })
    expect(group?.rows).toHaveLength(50)
  })

  it("are left out once they are gone", async () => {
    const server = await put("servers", "panel", "web-1", {}, "41")
    await put("webServices", "panel", "shop", { serverProviderId: "41" })
    const key = { orgId: "org-1", dockId: "panel", providerResourceId: "shop" }
    await store.rows.mark("webServices", key, { deletedAt: NOW }, NOW)
    expect(await related(server)).toEqual([])
  })
})

describe("a name", () => {
  it("is followed through DNS, site and certificate, whoever has them", async () => {
    const site = await put("webServices", "panel", "shop", { productionUrl: "https://www.example.com" }, "9")
    const attachment = await put("domains", "panel", "www.example.com", {
      kind: "attachment",
      webServiceProviderId: "9",
      sslStatus: "active",
    })
    const zone = await put("domains", "names", "example.com", { kind: "zone" }, "z")
    const record = await put("dnsRecords", "names", "www.example.com", {
      domainProviderId: "z",
      recordType: "A",
      content: "203.0.113.9",
    })
    await put("dnsRecords", "names", "other.example.com", { domainProviderId: "z" })
    await put("servers", "cloud", "vm", { primaryIpAddress: "203.0.113.9" })
    expect(await related(site)).toEqual([
      "part domains: Domains attached to it: www.example.com at panel",
      "same domains: The DNS zone above it: example.com at names",
      "same dnsRecords: DNS records of this name: www.example.com at names",
    ])
    expect(await related(attachment)).toEqual([
      "whole webServices: The service that it belongs to: shop at panel",
      "same domains: The DNS zone above it: example.com at names",
      "same dnsRecords: DNS records of this name: www.example.com at names",
    ])
    expect(await related(record)).toEqual([
      "whole domains: The zone that it is in: example.com at names",
      "same domains: The name with its certificate: www.example.com at panel",
      "same webServices: What answers under this name: shop at panel",
      "same servers: The server at this address: vm at cloud",
    ])
    expect((await related(zone)).map((group) => group.split(":")[0])).toEqual(["part dnsRecords"])
  })

  it("that is in two accounts alike is marked as a duplicate, and left as it is", async () => {
    const zone = await put("domains", "names", "example.com", { kind: "zone" })
    await put("domains", "names-of-another", "example.com", { kind: "zone" })
    await put("domains", "cloud", "example.com", { kind: "registration" })
    expect(await related(zone)).toEqual([
      "same domains: The registration of this name: example.com at cloud",
      "duplicate domains: The same name, in another account: example.com at names-of-another",
    ])
    expect(await store.rows.count("domains", { orgId: "org-1" })).toBe(3)
  })

  it("that a record points to is followed, too", async () => {
    const content = "shop.pages.example"
    const record = await put("dnsRecords", "names", "www.example.com", { recordType: "CNAME", content })
    await put("webServices", "cloud", "shop", { productionUrl: "https://shop.pages.example/" })
    expect(await related(record)).toEqual(["same webServices: What the record points to: shop at cloud"])
  })
})

describe("an address", () => {
  it("is one machine, in whatever accounts it is seen", async () => {
    const panel = await put("servers", "panel", "web-1", { primaryIpAddress: "203.0.113.9" })
    await put("servers", "cloud", "vm", { primaryIpAddress: "203.0.113.9" })
    await put("dnsRecords", "names", "a.example.com", { recordType: "A", content: "203.0.113.9" })
    expect(await related(panel)).toEqual([
      "same dnsRecords: DNS records that lead to it: a.example.com at names",
      "duplicate servers: A server with the same address, in another account: vm at cloud",
    ])
  })

  it.each([
    "10.0.0.4",
    "192.168.1.1",
    "172.20.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "fe80::1",
    "fd00::1",
    "nonsense",
  ])("such as %s is one in many networks, and tells nothing", async (primaryIpAddress) => {
    const server = await put("servers", "panel", "web-1", { primaryIpAddress })
    await put("servers", "cloud", "vm", { primaryIpAddress })
    await put("dnsRecords", "names", "a.example.com", { recordType: "A", content: primaryIpAddress })
    expect(await related(server)).toEqual([])
  })
})

describe("the same id", () => {
  it("is the same thing in docks of the same account", async () => {
    const bucket = await put("buckets", "cloud", "assets", {}, "eu/assets")
    await put("buckets", "cloud-again", "assets", {}, "eu/assets")
    await put("buckets", "cloud-of-another", "assets", {}, "eu/assets")
    await put("buckets", "panel", "assets", {}, "eu/assets")
    expect(await related(bucket)).toEqual([
      "duplicate buckets: The same thing, seen by another account: assets at cloud-again",
    ])
  })

  it("is the same thing in any account of the provider when nobody can have chosen it", async () => {
    const id = "a632aa59-0000-4000-8000-0123456789ab"
    const database = await put("databases", "cloud", "orders", {}, id)
    await put("databases", "cloud-of-another", "orders", {}, id)
    await put("databases", "panel", "orders", {}, id)
    expect(await related(database)).toEqual([
      "duplicate databases: The same thing, seen by another account: orders at cloud-of-another",
    ])
  })
})

it("a repository is found by any form of its address", async () => {
  const repository = await put("repositories", "names", "shop", { url: "https://git.example/acme/shop" })
  const site = await put("webServices", "cloud", "web", {
    repositoryUrl: "https://git.example/acme/shop.git",
  })
  expect(await related(site)).toEqual([
    "whole repositories: The repository that it is built from: shop at names",
  ])
  expect(await related(repository)).toEqual([
    "part webServices: Services that are built from it: web at cloud",
  ])
})

it("rows of tables that somebody may not read are left out, and not counted", async () => {
  const site = await put("webServices", "panel", "shop", { productionUrl: "https://example.com" }, "9")
  const issue = await put("issues", "panel", "it broke", { status: "open", webServiceProviderId: "9" })
  await put("repositories", "names", "shop", { url: "https://git.example/acme/shop" })
  await stackdock.setMember({ userId: "ada", role: "gardener" })
  await stackdock.setMember({ userId: "bob", role: "watcher" })
  const as = (userId: string) => stackdock.as({ userId, orgId: "org-1" })
  expect(await related(site)).toEqual(["part issues: Issues in it: it broke at panel"])
  expect(await related(site, as("ada"))).toEqual([])
  expect(await related(issue)).toEqual(["whole webServices: The service that it belongs to: shop at panel"])
  expect(await related(issue, as("bob"))).toEqual([])
})
