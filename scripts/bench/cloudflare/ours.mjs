// Lists, maps and stores all records of a zone. Arguments: where the compiled registry is, `file` or `memory`, the base URL,
// a folder for the database.
const [registry, kind, baseUrl, folder] = process.argv.slice(2)

const { cloudflare, createHttp, syncDock, ...stores } = await import(`${registry}/sync-${kind}.js`)

const at = new Date().toISOString()
const dock = {
  ...{ id: "bench", orgId: "bench", provider: "cloudflare", name: "bench", status: "connected" },
  ...{ accountId: null, accountName: null, credentials: null, lastError: null, lastSyncedAt: null },
  ...{ syncIntervalMinutes: null, leaseHolder: null, leaseExpiresAt: null, createdAt: at, updatedAt: at },
}
const store = kind === "file" ? stores.embeddedStore(`${folder}/${process.pid}.db`) : stores.memoryStore()
await store.migrate?.()
await store.docks.insert(dock)
const credentials = cloudflare.credentials.parse({ apiToken: "fake-secret-token", baseUrl })
const { provider, limits, problem } = cloudflare
const report = await syncDock({
  store,
  dock,
  definition: cloudflare,
  connect: (meter, signal) =>
    cloudflare.connect(credentials, createHttp({ provider, limits, problem, meter, signal })),
  tables: ["dnsRecords"],
})
await store.close?.()

const rows = report.scopes.reduce((sum, scope) => sum + scope.inserted, 0)
const { user, system } = process.cpuUsage()
console.log(
  JSON.stringify({
    rows,
    wallMs: performance.now(),
    cpuMs: (user + system) / 1000,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  }),
)
