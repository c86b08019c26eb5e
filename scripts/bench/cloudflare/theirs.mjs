// Lists all records of a zone with Cloudflare's own package, and drops them. Arguments: the base URL, the zone, and
// where the package is when it is not the installed one.
const [baseURL, zone_id, built] = process.argv.slice(2)

const { default: Cloudflare } = await (built ? import(built) : import("cloudflare"))

const client = new Cloudflare({ apiToken: "fake-secret-token", baseURL })
let rows = 0
for await (const _ of client.dns.records.list({ zone_id, per_page: 100 })) rows++

const { user, system } = process.cpuUsage()
console.log(
  JSON.stringify({
    rows,
    wallMs: performance.now(),
    cpuMs: (user + system) / 1000,
    peakMiB: process.resourceUsage().maxRSS / 1024,
  }),
)
