import { describe, expect, it } from "vitest"
import { inTurn } from "../../contract/cycle.ts"
import { mutations } from "../../contract/mutate.ts"
import { loadRecordings } from "../../contract/node/load.ts"
import { failureOf, type Making, provisioningConformance } from "../../contract/provisioning.ts"
import { FAKE_SECRET } from "../../contract/scan.ts"
import { fetchStage } from "../../contract/stage.ts"
import { createTestbed } from "../../contract/testbed.ts"
import { DockError } from "../../core/errors.ts"
import { createHttp } from "../../core/http.ts"
import type { MadeSoFar, Observation } from "../../core/provision.ts"
import type { RehearsedRequest } from "../../core/rehearsal.ts"
import type { GridPaneApi } from "./api.ts"
import { gridpane } from "./index.ts"

const recordings = loadRecordings()
const credentials = { apiKey: "fake-secret-token" }

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

const makes: Readonly<Record<string, Making>> = {
  "server-digitalocean": {
    input: droplet,
    shows: [["Temporary password of the machine", "fake-secret-temp-pass-31010"]],
    progress: ["Waiting for the machine to call back.", "43 %: Installing Nginx"],
    row: {
      providerResourceId: "31010",
      name: "pier-fra",
      status: "running",
      primaryIpAddress: "192.0.2.110",
    },
  },
  "server-vultr": {
    input: {
      ...machine,
      name: "pier-ewr",
      infrastructure: "vultr",
      region: "5",
      plan: "401",
      cloudBackups: false,
    },
    shows: [["Temporary password of the machine", "fake-secret-temp-pass-31011"]],
    row: { name: "pier-ewr", status: "running" },
  },
  "server-linode": {
    input: linode,
    shows: [["Temporary password of the machine", "fake-secret-temp-pass-31012"]],
    row: { name: "pier-sea", status: "running" },
  },
  "server-aws-lightsail": {
    input: {
      ...machine,
      name: "pier-iad",
      infrastructure: "aws-lightsail",
      region: "us-east-1",
      plan: "small_2_0",
    },
    shows: [["Temporary password of the machine", "fake-secret-temp-pass-31013"]],
    row: { name: "pier-iad", status: "running" },
  },
  "server-upcloud": {
    input: {
      ...machine,
      name: "pier-lon",
      infrastructure: "upcloud",
      region: "uk-lon1",
      plan: "1xCPU-2GB",
      diskGb: 50,
    },
    shows: [["Temporary password of the machine", "fake-secret-temp-pass-31014"]],
    row: { name: "pier-lon", status: "running" },
  },
  "server-custom": {
    input: ownMachine,
    shows: [
      ["Command to run as root on 203.0.113.31", "bash build.sh my.gridpane.com fake-secret-build-token"],
    ],
    progress: ["Waiting for the command to be run on 203.0.113.31", "43 %: Installing Nginx"],
    row: {
      providerResourceId: "31015",
      primaryIpAddress: "203.0.113.31",
      infrastructureProvider: "custom",
    },
  },
  site: {
    input: garden,
    progress: ["Being built"],
    row: {
      providerResourceId: "4150",
      name: "garden.example.com",
      status: "active",
      environment: "production",
    },
  },
  domain: {
    input: alias,
    row: {
      providerResourceId: "61051",
      name: "xn--grten-gra.example",
      isPrimary: false,
      webServiceProviderId: "4101",
    },
  },
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
const server = { item: { id: 31001, label: "harbour-fra" } }
const siteRow = { item: { id: 4101, url: "bakery.example.com" } }
const domainRow = { item: { id: 61002, url: "cakes.example.com", type: "alias" } }
const scheduleRow = { item: SCHEDULE }
const backupRow = { item: BACKUP, scope: { id: "site/4101", data: { siteId: "4101", serverId: "31001" } } }

const does = {
  "servers.setTimezone": { on: server, input: { timezone: "Europe/Berlin" } },
  "servers.setSecurityReboots": { on: server, input: { enabled: true, time: "02:30" } },
  "webServices.purgeCache": { on: siteRow, input: {} },
  "webServices.setPhpVersion": { on: siteRow, input: { phpVersion: "8.4" } },
  "webServices.setPageCaching": { on: siteRow, input: { pageCaching: "fastcgi", ttlSeconds: 60 } },
  "webServices.setObjectCaching": { on: siteRow, input: { enabled: true } },
  "webServices.setFirewall": { on: siteRow, input: { waf: "7G", enabled: true } },
  "webServices.setHttpAuth": { on: siteRow, input: { enabled: false } },
  "webServices.setDebug": { on: siteRow, input: { enabled: true } },
  "webServices.setSystemUser": { on: siteRow, input: { username: "gardener" } },
  "webServices.setSuspension": { on: siteRow, input: { enabled: true } },
  "webServices.setAutomaticBackups": { on: siteRow, input: { storage: "remote", enabled: true } },
  "webServices.backupNow": {
    on: siteRow,
    input: { storage: "remote", integrationId: "42", tag: "before-redesign" },
  },
  "webServices.refreshBackups": { on: siteRow, input: {} },
  "webServices.attachBackupIntegration": { on: siteRow, input: { integrationId: "42" } },
  "webServices.detachBackupIntegration": { on: siteRow, input: { integrationId: "42" } },
  "domains.setSsl": { on: domainRow, input: { enabled: true } },
  "domains.setRouting": { on: domainRow, input: { routing: "www" } },
  "domains.setWildcard": { on: domainRow, input: { enabled: true } },
  "domains.setDns": { on: domainRow, input: { dnsManagement: "cloudflare_full", dnsIntegrationId: 42 } },
  "domains.makePrimary": { on: domainRow, input: {} },
  "backupSchedules.updateSchedule": {
    on: scheduleRow,
    input: { frequency: "weekly", minute: 30, hour: 3, day: 0 },
  },
  "backupSchedules.updatePruneSchedule": { on: scheduleRow, input: { retainDays: 90, pruneRule: 2 } },
  "backups.restoreBackup": { on: backupRow, input: {} },
  "backups.purgeBackup": { on: backupRow, input: {} },
}

const { stage, connect, during, kind, action, rowOf } = provisioningConformance(gridpane, {
  credentials,
  recordings,
  makes,
  does,
})

const context = { made: {}, idempotencyKey: "key" }

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

describe("a server", () => {
  it("that has no build on record is ready only when it is active", async () => {
    const input = kind("server").input.parse(droplet)
    const { seen } = await during("server-unrecorded", (api) =>
      observed("server", api, { server: { id: "31017" } }, input),
    )
    expect(seen.map(({ state }) => state)).toEqual(["pending", "ready"])
  })

  it("of one's own is found after an interruption by its name and address", async () => {
    const input = kind("server").input.parse(ownMachine)
    const found = during("server-custom-found", async (api) => stepOf("server").find?.(api, input, context))
    expect(await found).toEqual({ id: "31015" })
  })

  it("is not guessed at where two have the name", async () => {
    const input = kind("server").input.parse(droplet)
    const found = during("server-found-twice", (api) =>
      failureOf(stepOf("server").find?.(api, input, context)),
    )
    expect(await found).toMatchObject({ code: "conflict", message: expect.stringContaining("31001, 31010") })
  })

  it("of one's own whose address is taken is refused in GridPane's words", async () => {
    const input = kind("server").input.parse({ ...ownMachine, ip: "203.0.113.30" })
    const failure = await during("server-custom-refused", (api) =>
      failureOf(stepOf("server").create(api, input, context)),
    )
    expect(failure).toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining("ip: The ip has already been taken."),
    })
  })
})

describe("a site", () => {
  it("gets the row that the next sync would give it", async () => {
    const [built, ...others] = recordings.filter(({ file }) => /^cycles\/site\/[34]-/.test(file))
    const { vpsServices, schedule_backups, ...listed } = Object(Object(built?.response.body).data)
    expect([vpsServices, schedule_backups]).toEqual([[], []])
    const api = await connect()
    const { standIn } = inTurn(built ? [built, ...others] : [])
    const look = await stage.during(standIn, () =>
      kind("site").observe(api, { site: { id: "4150" } }, kind("site").input.parse(garden)),
    )
    if (look.state !== "ready") throw new Error(`It was ${look.state}`)
    expect(rowOf("webServices", look.item).fullApiData).toEqual(rowOf("webServices", listed).fullApiData)
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
    const failure = await during("site-lost", (api) => failureOf(stepOf("site").create(api, input, context)))
    expect(failure).toMatchObject({ code: "invalid_response" })
  })
})

describe("a domain", () => {
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

describe("what GridPane does not know", () => {
  it.each([
    ["server", "server-vanished", "31016", droplet],
    ["site", "site-vanished", "4152", garden],
    ["domain", "domain-vanished", "61053", alias],
  ])("of a %s that was made is told, and is no proof that it failed", async (name, cycle, id, given) => {
    const input = kind(name).input.parse(given)
    const failure = await during(cycle, (api) => failureOf(observed(name, api, { [name]: { id } }, input)))
    expect(failure).toMatchObject({ code: "not_found" })
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
    const api = gridpane.connect(gridpane.credentials.parse(credentials), http)
    const made = stepOf(name).create(api, kind(name).input.parse(given), context)
    await expect(made).rejects.toMatchObject({ code: "canceled" })
    expect(told).toMatchObject([{ method: "POST", url }])
    expect(JSON.stringify(told)).not.toContain(FAKE_SECRET)
  })
})

describe("odd answers", () => {
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
      const whole = recordings.filter(({ file }) => file.startsWith(`cycles/${cycle}/`))
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
    // Thousands of answers: more than a busy machine plays in the usual five seconds.
    60_000,
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
    const { error } = action(`${table}.${name}`).input.safeParse(given)
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field])
  })
})

describe("a schedule whose site is not known", () => {
  it("is refused before anything is sent", async () => {
    const orphan = rowOf("backupSchedules", { ...SCHEDULE, site_id: undefined })
    const { input, run } = action("backupSchedules.updatePruneSchedule")
    const ran = run(await connect(), orphan, input.parse({ retainDays: 90, pruneRule: 2 }), context)
    await expect(ran).rejects.toMatchObject({ code: "invalid_request" })
  })
})
