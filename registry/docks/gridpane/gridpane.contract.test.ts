import { describe, expect, it } from "vitest"
import { conformance } from "../../contract/conformance.ts"
import { loadRecordings, loadRows } from "../../contract/node/load.ts"
import type { Listing } from "../../core/page.ts"
import { gridpane } from "./index.ts"

const recordings = loadRecordings()

const { stage, testbed } = conformance(gridpane, {
  credentials: { apiKey: "fake-secret-token" },
  recordings,
  rows: loadRows(),
  optional: ["prune-schedule/site-4130.json"],
})

async function itemsOf(listing: Listing): Promise<unknown[]> {
  const items: unknown[] = []
  for await (const page of listing) items.push(...page.items)
  return items
}

/** Answers one path with this body, the rest from the recordings. */
function answering(path: string, body: unknown) {
  return ({ url }: { url: URL }) => (url.pathname.endsWith(path) ? Response.json(body) : undefined)
}

describe("GridPane", () => {
  it("lists the integrations of all kinds, for those who provision", async () => {
    const { connect } = await testbed()
    const listed = await itemsOf(connect().listUserIntegrations())
    expect(listed).toHaveLength(6)
  })

  it("lists the schedules of one server and of one site in the form of all", async () => {
    const { connect } = await testbed()
    const all = await itemsOf(connect().listBackupSchedules())
    expect(await itemsOf(connect().listServerBackupSchedules("31001"))).toEqual(all.slice(0, 2))
    expect(await itemsOf(connect().listSiteBackupSchedules("4130"))).toEqual(all.slice(3))
  })

  it("never hands on the DNS accounts that come with every page of domains", async () => {
    const { connect } = await testbed()
    for await (const page of connect().listDomains()) expect(Object.keys(page)).toEqual(["items", "total"])
  })

  it("deletes nothing when fewer rows came than GridPane says there are", async () => {
    const { sync, rows } = await testbed()
    await sync()
    const short = { data: [], links: { next: null }, meta: { current_page: 1, last_page: 1, total: 3 } }
    const report = await stage.during(answering("/server", short), () => sync(["servers"]))
    expect(report.scopes[0]?.error?.code).toBe("incomplete_listing")
    expect((await rows(["servers"])).get("servers")?.size).toBe(3)
  })

  it("deletes what a listing that ended rightly no longer has", async () => {
    const { sync, rows } = await testbed()
    await sync()
    const none = { data: [], links: { next: null }, meta: { current_page: 1, last_page: 1, total: 0 } }
    const report = await stage.during(answering("/server", none), () => sync(["servers"]))
    expect(report.scopes[0]).toMatchObject({ complete: true, deleted: 3 })
    expect((await rows(["servers"])).get("servers")?.size).toBe(0)
  })

  it.each([
    [
      "an object filed by storage and kind",
      { success: true, backups: { local: { automatic: ["2026-11-01 02:30"] } } },
    ],
    [
      "lists of texts filed by kind",
      { data: [{ backup: "2026-11-01 02:30", backup_source: "local", backup_type: "automatic" }] },
    ],
    [
      "an object with numbers for keys",
      { data: { 3: { backup: "2026-11-01 02:30", backup_source: "local", backup_type: "automatic" } } },
    ],
  ])("reads backups from %s", async (_, body) => {
    const { connect } = await testbed()
    const listed = await stage.during(answering("/backups/original/4101", body), () =>
      itemsOf(connect().listBackups("4101")),
    )
    expect(listed).toEqual([{ backup: "2026-11-01 02:30", backup_source: "local", backup_type: "automatic" }])
  })

  it.each([
    [{ success: true }],
    [{ success: true, data: null }],
    [{ data: [], errors: [] }],
    [{ backups: { elsewhere: [] } }],
    [[]],
  ])("takes %j for no list of backups, and keeps the rows", async (body) => {
    const { sync, rows } = await testbed()
    await sync(["backups"])
    const before = (await rows(["backups"])).get("backups")?.size
    const report = await stage.during(answering("/backups/original/4101", body), () => sync(["backups"]))
    expect(report.scopes.find(({ scope }) => scope === "site/4101")?.error?.code).toBe("invalid_response")
    expect((await rows(["backups"])).get("backups")?.size).toBe(before)
  })

  it("reports a backup that it cannot name, and keeps the rows of the site", async () => {
    const { sync } = await testbed()
    await sync(["backups"])
    const report = await stage.during(answering("/backups/original/4101", { data: ["last night"] }), () =>
      sync(["backups"]),
    )
    const scope = report.scopes.find(({ scope }) => scope === "site/4101")
    expect(scope).toMatchObject({ skipped: 1, deleted: 0, complete: false })
  })

  it.each([
    ["fields", { data: { local_retain_days: 90, local_prune_schedule: 1 } }],
    [
      "fields under another name",
      { success: true, prune_schedule: { local_retain_days: "90", local_prune_schedule: "1" } },
    ],
    ["a list", { prune_schedules: [{ backup_type: "local", retain_days: 90, prune_schedule: 1 }] }],
  ])("reads how long backups are kept from %s", async (_, body) => {
    const { connect } = await testbed()
    const told = await stage.during(answering("/backups/prune-schedule/4130", body), () =>
      connect().getPruneSchedule("4130"),
    )
    expect(told).toMatchObject({ local_retain_days: 90, local_prune_schedule: 1 })
  })

  it("leaves open how long backups are kept where the answer says nothing that is understood", async () => {
    const { sync, rows } = await testbed()
    await stage.during(answering("/backups/prune-schedule/4130", { data: { keep: "long" } }), () =>
      sync(["backupSchedules"]),
    )
    const row = (await rows(["backupSchedules"])).get("backupSchedules")?.get("70007")
    expect(row).toMatchObject({ status: "enabled", retainDays: null, pruneRule: null })
  })
})

describe("staging and canary copies", () => {
  const domain = (siteId: number, url: string, more: object = {}) => ({
    id: siteId + 900,
    site_id: siteId,
    server_id: 1,
    type: "primary",
    url,
    ...more,
  })
  const page = (data: unknown) => ({ data, links: { next: null }, meta: { last_page: 1 } })

  /** Syncs a parent and one other site; gives what became of the other. */
  async function kin(url: string, more: object = {}) {
    const { sync, rows } = await testbed()
    const domains = page({ domains: [domain(1, "example.com"), domain(2, url, more)] })
    const sites = page([
      { id: 1, url: "example.com" },
      { id: 2, url },
    ])
    await stage.during(
      (sent) => answering("/domain", domains)(sent) ?? answering("/site", sites)(sent),
      () => sync(["webServices"]),
    )
    const { environment, parentProviderId } = {
      environment: undefined,
      parentProviderId: undefined,
      ...(await rows()).get("webServices")?.get("2"),
    }
    return [environment, parentProviderId]
  }

  it.each([
    [
      "a staging copy, as GridPane says",
      "staging.example.com",
      { primary_is_staging: true },
      ["staging", "1"],
    ],
    ["a staging copy by its name and its parent", "staging.example.com", {}, ["staging", "1"]],
    [
      "a staging copy whose parent is elsewhere",
      "staging.example.com",
      { primary_is_staging: 1, server_id: 2 },
      ["staging", null],
    ],
    [
      "a site of its own that is only named so",
      "staging.example.com",
      { primary_is_staging: false },
      ["production", null],
    ],
    ["nothing certain when only the name says so", "staging.example.org", {}, [null, null]],
    ["a canary copy", "canary.example.com", { primary_is_staging: false }, ["preview", "1"]],
    ["nothing certain about a canary without a parent", "canary.example.org", {}, [null, null]],
    ["a site like any other", "canaries.example.com", {}, ["production", null]],
  ])("%s", async (_, url, more, expected) => {
    expect(await kin(url, more)).toEqual(expected)
  })
})
