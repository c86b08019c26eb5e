import { afterAll, describe, expect, it } from "vitest"
import { cyclesOf, inTurn } from "../../contract/cycle.ts"
import { mutations } from "../../contract/mutate.ts"
import { loadRecordings } from "../../contract/node/load.ts"
import { replay } from "../../contract/replay.ts"
import { FAKE_SECRET } from "../../contract/scan.ts"
import { fetchStage } from "../../contract/stage.ts"
import { createTestbed } from "../../contract/testbed.ts"
import { DockError } from "../../core/errors.ts"
import { createHttp } from "../../core/http.ts"
import type { Action, MadeSoFar, Observation, Provision } from "../../core/provision.ts"
import type { RehearsedRequest } from "../../core/rehearsal.ts"
import { ACCOUNT_SCOPE, type Resource, type Scope } from "../../core/resource.ts"
import { Facts } from "../../engine/facts.ts"
import { itemReader } from "../../engine/item-rows.ts"
import { isResourceTable, type ResourceRow, type ResourceTableName } from "../../schema/index.ts"
import type { GridPaneApi } from "./api.ts"
import { gridpane } from "./index.ts"

const recordings = loadRecordings()
const cycles = cyclesOf(recordings)
const untold = new Set(cycles.keys())
const stage = replay([])
afterAll(() => expect([...untold]).toEqual([]))

/** Plays a cycle to the work, from its first recording to its last. */
async function during<Result>(name: string, work: (api: GridPaneApi) => Promise<Result>): Promise<Result> {
  untold.delete(name)
  const { standIn, left } = inTurn(cycles.get(name) ?? [])
  const { connect } = await createTestbed({
    dock: gridpane,
    credentials: { apiKey: "fake-secret-token" },
  })
  const result = await stage.during(standIn, () => work(connect()))
  expect(left().map(({ file }) => file)).toEqual([])
  return result
}

function rowOf(table: ResourceTableName, raw: unknown, scope: Scope = { id: ACCOUNT_SCOPE }): ResourceRow {
  const resource: Resource | undefined = gridpane.sync[table]
  if (!resource) throw new Error(`No mapping of ${table}`)
  const { rows } = itemReader(table, resource, scope, new Facts())(raw)
  return rows[0] as ResourceRow
}

const context = { made: {}, idempotencyKey: "key" }

function kind(name: string): Provision<GridPaneApi> {
  const found = gridpane.provision?.[name]
  if (!found) throw new Error(`No provision of ${name}`)
  return found
}

function stepOf(name: string) {
  const [step] = kind(name).steps
  if (!step) throw new Error(`No step in ${name}`)
  return step
}

async function observed(name: string, api: GridPaneApi, made: MadeSoFar, input: unknown) {
  const seen: Observation[] = []
  for (;;) {
    const look = await kind(name).observe(api, made, input)
    seen.push(look)
    if (look.state !== "pending" || seen.length > 9) return { seen, last: look }
  }
}

/** Makes one, waits until it is ready, removes it. */
async function live(name: string, cycle: string, given: object) {
  const { table, input: shape } = kind(name)
  const input = shape.parse(given)
  return during(cycle, async (api) => {
    const made = await stepOf(name).create(api, input, context)
    const { seen, last } = await observed(name, api, { [name]: made }, input)
    if (last.state !== "ready") throw new Error(`It was ${last.state}`)
    const row = rowOf(table, last.item, last.scope)
    await kind(name).destroy(api, row)
    expect(await kind(name).isGone?.(api, row)).toBe(true)
    expect(JSON.stringify([made, row, seen.filter(({ state }) => state === "pending")])).not.toContain(
      FAKE_SECRET,
    )
    return {
      row,
      shown: made.shows?.map(({ title, value }) => [title, value.reveal()]),
      progress: seen.map((look) => (look.state === "pending" ? look.progress : look.state)),
    }
  })
}

const machine = { name: "pier-fra", webserver: "nginx", database: "percona", integrationId: "42" }
const droplet = {
  ...machine,
  infrastructure: "digitalocean",
  region: "fra1",
  plan: "s-2vcpu-2gb-amd",
  cloudBackups: true,
}
const linode = {
  ...machine,
  name: "pier-sea",
  infrastructure: "linode",
  region: "us-west",
  plan: "g6-standard-4",
}
const ownMachine = {
  infrastructure: "custom",
  name: "driftwood-2",
  ip: "203.0.113.31",
  datacenter: "basement",
  webserver: "nginx",
  database: "mariadb",
}
const garden = {
  url: "Garden.example.com",
  serverId: "31001",
  phpVersion: "8.3",
  processManager: "dynamic",
  pageCaching: "redis",
  username: "garden",
}
const alias = { name: "gärten.example", siteId: "4101", serverId: 31001, type: "alias" }

describe("a server", () => {
  it("is ordered at a cloud, watched while it is built, and removed", async () => {
    expect(await live("server", "server-digitalocean", droplet)).toMatchObject({
      shown: [["Temporary password of the machine", "fake-secret-temp-pass-31010"]],
      progress: ["Waiting for the machine to call back.", "43 %: Installing Nginx", "ready"],
      row: {
        providerResourceId: "31010",
        name: "pier-fra",
        status: "running",
        primaryIpAddress: "192.0.2.110",
      },
    })
  })

  it.each([
    [
      "vultr",
      {
        ...machine,
        name: "pier-ewr",
        infrastructure: "vultr",
        region: "5",
        plan: "401",
        cloudBackups: false,
      },
    ],
    ["linode", linode],
    [
      "aws-lightsail",
      {
        ...machine,
        name: "pier-iad",
        infrastructure: "aws-lightsail",
        region: "us-east-1",
        plan: "small_2_0",
      },
    ],
    [
      "upcloud",
      {
        ...machine,
        name: "pier-lon",
        infrastructure: "upcloud",
        region: "uk-lon1",
        plan: "1xCPU-2GB",
        diskGb: 50,
      },
    ],
  ])("is ordered at %s in that cloud's words", async (cloud, input) => {
    const { row } = await live("server", `server-${cloud}`, input)
    expect(row).toMatchObject({ name: input.name, status: "running" })
  })

  it("of one's own gives the command to run, once, and waits for it", async () => {
    expect(await live("server", "server-custom", ownMachine)).toMatchObject({
      shown: [
        ["Command to run as root on 203.0.113.31", "bash build.sh my.gridpane.com fake-secret-build-token"],
      ],
      progress: ["Waiting for the command to be run on 203.0.113.31", "43 %: Installing Nginx", "ready"],
      row: {
        providerResourceId: "31015",
        primaryIpAddress: "203.0.113.31",
        infrastructureProvider: "custom",
      },
    })
  })

  it("that has no build on record is ready only when it is active", async () => {
    const input = kind("server").input.parse(droplet)
    const { seen } = await during("server-unrecorded", (api) =>
      observed("server", api, { server: { id: "31017" } }, input),
    )
    expect(seen.map(({ state }) => state)).toEqual(["pending", "ready"])
  })

  it.each([
    ["by its name, in any case", "server-found", droplet, { id: "31010" }],
    ["of one's own by its name and address", "server-custom-found", ownMachine, { id: "31015" }],
  ])("is found after an interruption %s", async (_, cycle, given, expected) => {
    const input = kind("server").input.parse(given)
    expect(await during(cycle, async (api) => stepOf("server").find?.(api, input, context))).toEqual(expected)
  })

  it("is not guessed at where two have the name", async () => {
    const input = kind("server").input.parse(droplet)
    const found = during("server-found-twice", async (api) =>
      stepOf("server")
        .find?.(api, input, context)
        .catch((error: unknown) => error),
    )
    expect(await found).toMatchObject({ code: "conflict", message: expect.stringContaining("31001, 31010") })
  })
})

describe("a site", () => {
  it("is ordered, watched while it is built, and removed", async () => {
    expect(await live("site", "site", garden)).toMatchObject({
      progress: ["Being built", "ready"],
      row: {
        providerResourceId: "4150",
        name: "garden.example.com",
        status: "active",
        environment: "production",
      },
    })
  })

  it("gets the row that the next sync would give it", async () => {
    const [, , built] = cycles.get("site") ?? []
    const { vpsServices, schedule_backups, ...listed } = Object(Object(built?.response.body).data)
    const { row } = await live("site", "site", garden)
    expect([vpsServices, schedule_backups]).toEqual([[], []])
    expect(row.fullApiData).toEqual(rowOf("webServices", listed).fullApiData)
  })

  it("is looked up by its name and server where the answer does not tell its id", async () => {
    const input = kind("site").input.parse({
      ...garden,
      url: "bücher.example",
      waf: "7G",
      smtpIntegrationId: 9,
      bundleId: 7,
      dnsManagement: "cloudflare_full",
      dnsIntegrationId: 42,
      wpUsers: [{ username: "anna", email: "anna@example.com", role: "primary_administrator" }],
    })
    const made = await during("site-without-id", (api) => stepOf("site").create(api, input, context))
    expect(made).toEqual({ id: "4151" })
  })

  it("that is not listed either leaves open whether it was made", async () => {
    const input = kind("site").input.parse(garden)
    const failure = await during("site-lost", (api) =>
      stepOf("site")
        .create(api, input, context)
        .catch((error: unknown) => error),
    )
    expect(failure).toMatchObject({ code: "invalid_response" })
  })
})

describe("a domain", () => {
  it("is added, and removed", async () => {
    expect(await live("domain", "domain", alias)).toMatchObject({
      progress: ["ready"],
      row: {
        providerResourceId: "61051",
        name: "xn--grten-gra.example",
        isPrimary: false,
        webServiceProviderId: "4101",
      },
    })
  })

  it("is looked up by its name and site where the answer does not tell its id", async () => {
    const input = kind("domain").input.parse({
      ...alias,
      name: "old.example.com",
      type: "redirect",
      dnsManagement: "cloudflare_challenge",
      dnsIntegrationId: "42",
    })
    const made = await during("domain-without-id", (api) => stepOf("domain").create(api, input, context))
    expect(made).toEqual({ id: "61052" })
  })

  it("that is a site's primary one is not removed by itself", () => {
    const row = (type: string) => rowOf("domains", { id: 61001, url: "bakery.example.com", type })
    expect(["primary", "alias", "redirect"].map((type) => kind("domain").appliesTo?.(row(type)))).toEqual([
      false,
      true,
      true,
    ])
  })
})

describe("what GridPane refuses", () => {
  it.each([
    ["server", "server-refused", { ...linode, plan: "g6-none" }, "plan_id: The selected plan id is invalid."],
    [
      "server",
      "server-custom-refused",
      { ...ownMachine, ip: "203.0.113.30" },
      "ip: The ip has already been taken.",
    ],
    [
      "site",
      "site-refused",
      { ...garden, url: "bakery.example.com" },
      "url: The url has already been taken.",
    ],
    [
      "domain",
      "domain-refused",
      { ...alias, name: "bakery.example.com" },
      "domain_url: The domain url has already been taken.",
    ],
  ])("of making a %s is told in its words (%s)", async (name, cycle, given, words) => {
    const input = kind(name).input.parse(given)
    const failure = await during(cycle, (api) =>
      stepOf(name)
        .create(api, input, context)
        .catch((error: unknown) => error),
    )
    expect(failure).toMatchObject({
      code: "invalid_request",
      status: 422,
      message: expect.stringContaining(words),
    })
  })

  it.each([
    ["server", "server-stays", { id: 31001, label: "harbour-fra" }, "The server still has sites."],
    ["site", "site-stays", { id: 4101, url: "bakery.example.com" }, "The site has a staging copy."],
    ["domain", "domain-stays", { id: 61002, url: "exhibits.example.com" }, "The domain is still in use."],
  ])("of removing a %s is told in its words", async (name, cycle, raw, words) => {
    const { table, destroy } = kind(name)
    const failure = await during(cycle, (api) =>
      destroy(api, rowOf(table, raw)).catch((error: unknown) => error),
    )
    expect(failure).toMatchObject({ code: "invalid_request", message: expect.stringContaining(words) })
  })

  it.each([
    ["server", "server-vanished", "31016", droplet],
    ["site", "site-vanished", "4152", garden],
    ["domain", "domain-vanished", "61053", alias],
  ])("to know of a %s is told, and is no proof that it failed", async (name, cycle, id, given) => {
    const input = kind(name).input.parse(given)
    const failure = await during(cycle, (api) =>
      observed(name, api, { [name]: { id } }, input).catch((error: unknown) => error),
    )
    expect(failure).toMatchObject({ code: "not_found" })
  })

  it.each(["server", "site", "domain"])("to know of a %s counts as its removal", async (name) => {
    const gone = () => Response.json({ message: "Not Found." }, { status: 404 })
    const { connect } = await createTestbed({ dock: gridpane, credentials: { apiKey: "fake-secret-token" } })
    await stage.during(gone, () => stepOf(name).undo(connect(), { id: "1" }, { made: {} }))
  })
})

describe("a dry run", () => {
  it.each([
    ["server", droplet, "https://my.gridpane.com/oauth/api/v1/server/digitalocean"],
    ["server", ownMachine, "https://my.gridpane.com/oauth/api/v1/server/custom"],
    ["site", garden, "https://my.gridpane.com/oauth/api/v1/site"],
    ["domain", alias, "https://my.gridpane.com/oauth/api/v1/domain"],
  ])("of a %s shows the one request that makes it (%#)", async (name, given, url) => {
    const told: RehearsedRequest[] = []
    const { provider, limits } = gridpane
    const http = createHttp({ provider, limits, rehearse: (request) => told.push(request) })
    const api = gridpane.connect(gridpane.credentials.parse({ apiKey: "fake-secret-token" }), http)
    const made = stepOf(name).create(api, kind(name).input.parse(given), context)
    await expect(made).rejects.toMatchObject({ code: "canceled" })
    expect(told).toMatchObject([{ method: "POST", url }])
    expect(JSON.stringify(told)).not.toContain(FAKE_SECRET)
  })
})

describe("odd answers", () => {
  const credentials = { apiKey: "fake-secret-token" }
  /** What is not asked in turn is not there. */
  const absent = () => Response.json({ message: "Not Found." }, { status: 404 })

  it.each([
    ["server", "server-digitalocean", droplet],
    ["server", "server-custom", ownMachine],
    ["site", "site", garden],
    ["domain", "domain", alias],
  ])(
    "to making a %s (%s) are made sense of or reported, and cost no knowledge of it",
    async (name, cycle, given) => {
      const input = kind(name).input.parse(given)
      const whole = cycles.get(cycle) ?? []
      const [order] = whole
      const found: string[] = []
      for (const recorded of whole.filter(
        ({ response }) => response.status === 200 || response.status === 201,
      )) {
        for (const { name: oddity, body } of mutations(recorded.response.body)) {
          const odd = {
            ...recorded,
            response: { ...recorded.response, body: body as typeof recorded.response.body },
          }
          const { standIn } = inTurn(whole.map((one) => (one === recorded ? odd : one)))
          const stand = fetchStage([])
          const { connect } = await createTestbed({ dock: gridpane, credentials, fetch: stand.fetch })
          const outcome = await stand
            .during(
              (sent, known) => standIn(sent, known) ?? absent(),
              async () => {
                const made = await stepOf(name).create(connect(), input, context)
                const { last } = await observed(name, connect(), { [name]: made }, input)
                return { made: made.id, last: last.state === "ready" ? "ready" : last }
              },
            )
            .catch((error: unknown) => error)
          const said = JSON.stringify(outcome)
          const where = `${recorded.file}, ${oddity}: ${said}`
          if (outcome instanceof Error && !(outcome instanceof DockError)) found.push(`crashed at ${where}`)
          if (said.includes(FAKE_SECRET)) found.push(`told a secret at ${where}`)
          const isUnknown = outcome instanceof DockError && outcome.code === "invalid_response"
          if (recorded === order && outcome instanceof Error && !isUnknown)
            found.push(`forgot it at ${where}`)
        }
      }
      expect(found).toEqual([])
    },
  )
})

describe("input", () => {
  it.each([
    ["server", { ...droplet, infrastructure: "hetzner" }, "infrastructure"],
    ["server", { ...droplet, name: "pier fra" }, "name"],
    ["server", { ...droplet, database: "mysql" }, "database"],
    ["server", { ...droplet, integrationId: "my account" }, "integrationId"],
    ["server", { ...machine, infrastructure: "upcloud", region: "uk-lon1", plan: "1xCPU-2GB" }, "diskGb"],
    ["server", { ...ownMachine, ip: "2001:db8::1" }, "ip"],
    ["site", { ...garden, username: undefined }, "username"],
    ["site", { ...garden, systemUserId: 5101 }, "username"],
    ["site", { ...garden, url: "https://garden.example.com" }, "url"],
    ["site", { ...garden, dnsManagement: "cloudflare_full" }, "dnsManagement"],
    ["site", { ...garden, dnsIntegrationId: 42 }, "dnsManagement"],
    ["domain", { ...alias, type: "primary" }, "type"],
    ["domain", { ...alias, dnsManagement: "dnsme_full" }, "dnsManagement"],
  ])("of a %s is refused before anything is sent: %j", (name, given, field) => {
    const { error } = kind(name).input.safeParse(given)
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field])
  })

  it.each([
    ["webServices", "backupNow", { storage: "remote" }, "integrationId"],
    ["webServices", "backupNow", { storage: "local", integrationId: 42 }, "integrationId"],
    ["webServices", "backupNow", { storage: "local", tag: "Auto" }, "tag"],
    ["webServices", "setPageCaching", { pageCaching: "none", ttlSeconds: 60 }, "ttlSeconds"],
    ["backupSchedules", "updateSchedule", { frequency: "weekly", minute: 0, hour: 3, day: 7 }, "day"],
    ["backupSchedules", "updateSchedule", { frequency: "monthly", minute: 0, hour: 3, day: 29 }, "day"],
    ["backupSchedules", "updateSchedule", { frequency: "daily", minute: 0 }, "hour"],
    ["backupSchedules", "updatePruneSchedule", { retainDays: 60, pruneRule: 0 }, "retainDays"],
    ["servers", "setSecurityReboots", { enabled: true, time: "24:00" }, "time"],
  ])("of %s.%s is refused before anything is sent: %j", (table, name, given, field) => {
    const { error } = actionOf(`${table}.${name}`).input.safeParse(given)
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field])
  })
})

function actionOf(name: string): Action<GridPaneApi> {
  const [table = "", key = ""] = name.split(".")
  const found = isResourceTable(table) ? gridpane.actions?.[table]?.[key] : undefined
  if (!found) throw new Error(`No action ${name}`)
  return found
}

const SCHEDULE = {
  id: 70001,
  site_id: 4101,
  url: "bakery.example.com",
  type: "remote",
  bup_schedule: "daily",
}
const BACKUP = {
  backup: "2026-11-17 14:05 before-redesign",
  backup_source: "wasabi",
  backup_type: "manual",
}
const rows = {
  servers: rowOf("servers", { id: 31001, label: "harbour-fra" }),
  webServices: rowOf("webServices", { id: 4101, url: "bakery.example.com" }),
  domains: rowOf("domains", { id: 61002, url: "cakes.example.com", type: "alias" }),
  backupSchedules: rowOf("backupSchedules", SCHEDULE),
  backups: rowOf("backups", BACKUP, { id: "site/4101", data: { siteId: "4101", serverId: "31001" } }),
}

const actionInputs: Readonly<Record<string, object>> = {
  "servers.setTimezone": { timezone: "Europe/Berlin" },
  "servers.setSecurityReboots": { enabled: true, time: "02:30" },
  "webServices.purgeCache": {},
  "webServices.setPhpVersion": { phpVersion: "8.4" },
  "webServices.setPageCaching": { pageCaching: "fastcgi", ttlSeconds: 60 },
  "webServices.setObjectCaching": { enabled: true },
  "webServices.setFirewall": { waf: "7G", enabled: true },
  "webServices.setHttpAuth": { enabled: false },
  "webServices.setDebug": { enabled: true },
  "webServices.setSystemUser": { username: "gardener" },
  "webServices.setSuspension": { enabled: true },
  "webServices.setAutomaticBackups": { storage: "remote", enabled: true },
  "webServices.backupNow": { storage: "remote", integrationId: "42", tag: "before-redesign" },
  "webServices.refreshBackups": {},
  "webServices.attachBackupIntegration": { integrationId: "42" },
  "webServices.detachBackupIntegration": { integrationId: "42" },
  "domains.setSsl": { enabled: true },
  "domains.setRouting": { routing: "www" },
  "domains.setWildcard": { enabled: true },
  "domains.setDns": { dnsManagement: "cloudflare_full", dnsIntegrationId: 42 },
  "domains.makePrimary": {},
  "backupSchedules.updateSchedule": { frequency: "weekly", minute: 30, hour: 3, day: 0 },
  "backupSchedules.updatePruneSchedule": { retainDays: 90, pruneRule: 2 },
  "backups.restoreBackup": {},
  "backups.purgeBackup": {},
}

describe("actions", () => {
  it("are all tried", () => {
    const names = Object.entries(gridpane.actions ?? {}).flatMap(([table, actions]) =>
      Object.keys(actions).map((name) => `${table}.${name}`),
    )
    expect(names.sort()).toEqual(Object.keys(actionInputs).sort())
  })

  it.each(Object.entries(actionInputs))(
    "%s is done, and says so; a refusal is told in GridPane's words",
    async (name, given) => {
      const { table, input: shape, run } = actionOf(name)
      const row = Object.entries(rows).find(([of]) => of === table)?.[1]
      if (!row) throw new Error(`No row of ${table}`)
      const input = shape.parse(given)
      const [done, refused] = await during(name, async (api) => [
        await run(api, row, input, context),
        await run(api, row, input, context).catch((error: unknown) => error),
      ])
      expect(done).toEqual({ message: expect.stringMatching(/^[A-Z].*\.$/) })
      expect(refused).toMatchObject({
        code: "invalid_request",
        message: expect.stringContaining("The given data was invalid."),
      })
    },
  )

  it("on a schedule whose site is not known is refused before anything is sent", async () => {
    const orphan = rowOf("backupSchedules", { ...SCHEDULE, site_id: undefined })
    const { connect } = await createTestbed({ dock: gridpane, credentials: { apiKey: "fake-secret-token" } })
    const { input, run } = actionOf("backupSchedules.updatePruneSchedule")
    const ran = run(connect(), orphan, input.parse({ retainDays: 90, pruneRule: 2 }), context)
    await expect(ran).rejects.toMatchObject({ code: "invalid_request" })
  })
})
