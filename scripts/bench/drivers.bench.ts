import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { fileURLToPath } from "node:url"
import { sqlFor } from "../../registry/schema/ddl.ts"

/** The part of their interfaces that the three drivers share. */
interface Database {
  exec(sql: string): unknown
  prepare(sql: string): { run(...values: unknown[]): unknown; all(...values: unknown[]): unknown[] }
  close(): void
}

interface Measured {
  driver: string
  node: string
  insertedPerSecond: number
  comparedPerSecond: number
}

const ROWS = 50_000
const BATCH = 500
const drivers = ["libsql", "node:sqlite", "better-sqlite3"] as const
type Driver = (typeof drivers)[number]

const [role, wanted] = process.argv.slice(2)
if (role === "measure")
  console.log(JSON.stringify(measure(drivers.find((name) => name === wanted) ?? "libsql")))
else report()

/** What the store asks most: many rows of thirty columns in one statement, and ids with their hashes by unique key. */
function measure(driver: Driver): Measured {
  const folder = mkdtempSync(join(tmpdir(), "stackdock-bench-"))
  const database = open(driver, join(folder, "bench.db"))
  database.exec("pragma journal_mode = wal")
  database.exec("pragma synchronous = normal")
  for (const statement of sqlFor("sqlite")) database.exec(statement)

  const row = rowOf()
  const columns = Object.keys(row(0))
  const size = 50
  const tuple = `(${columns.map(() => "?").join()})`
  const insert = database.prepare(
    `insert into servers (${columns.join()}) values ${Array(size).fill(tuple).join()}`,
  )
  const insertedPerSecond = perSecond(() => {
    for (let start = 0; start < ROWS; start += BATCH) {
      database.exec("begin immediate")
      for (let from = start; from < start + BATCH; from += size) {
        const values = Array.from({ length: size }, (_, index) => Object.values(row(from + index))).flat()
        insert.run(...values)
      }
      database.exec("commit")
    }
  })

  const select = database.prepare(
    "select id, provider_resource_id, content_hash from servers " +
      "where dock_id = ? and provider_resource_id in (select value from json_each(?))",
  )
  const comparedPerSecond = perSecond(() => {
    for (let start = 0; start < ROWS; start += BATCH) {
      const ids = Array.from({ length: BATCH }, (_, index) => `id-${start + index}`)
      if (select.all("dock", JSON.stringify(ids)).length !== BATCH) throw new Error("Rows are missing.")
    }
  })
  database.close()
  rmSync(folder, { recursive: true })
  return { driver, node: process.version, insertedPerSecond, comparedPerSecond }
}

function open(driver: Driver, path: string): Database {
  // better-sqlite3 is no dependency: it is measured where somebody has put it.
  const load = createRequire(join(process.env["BENCH_DRIVERS"] ?? import.meta.dirname, "any.js"))
  if (driver === "node:sqlite") return new (load("node:sqlite").DatabaseSync)(path)
  if (driver === "better-sqlite3") return new (load("better-sqlite3"))(path)
  return new (createRequire(new URL("../../registry/stores/sql/node/libsql.ts", import.meta.url))("libsql"))(
    path,
  )
}

function rowOf() {
  const now = new Date().toISOString()
  return (number: number) => ({
    org_id: "org",
    dock_id: "dock",
    provider: "bench",
    provider_resource_id: `id-${number}`,
    scope: "account",
    name: `web-${number}`,
    provider_status: "active",
    provider_url: null,
    full_api_data: JSON.stringify({ id: number, text: "x".repeat(480) }),
    content_hash: "0123456789abcdef",
    created_at: now,
    updated_at: now,
    last_seen_at: now,
    deleted_at: null,
    provisioning_source: "manual",
    provisioning_state: null,
    provisioned_at: null,
    status: "running",
    primary_ip_address: `192.0.2.${number % 256}`,
    ip_addresses: null,
    hostname: `web-${number}.example.com`,
    region: "ams",
    plan: "small",
    operating_system: "Ubuntu 24.04",
    cpu_cores: 1,
    memory_mb: 1024,
    disk_gb: 25,
    stack: null,
    infrastructure_provider: null,
  })
}

function perSecond(work: () => void): number {
  const start = performance.now()
  work()
  return Math.round((ROWS / (performance.now() - start)) * 1000)
}

function report(): void {
  const results: Measured[] = []
  const missing: string[] = []
  for (const driver of drivers) {
    try {
      const args = [...process.execArgv, fileURLToPath(import.meta.url), "measure", driver]
      results.push(
        JSON.parse(
          execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }),
        ),
      )
    } catch (error) {
      missing.push(`${driver}: ${reason(error)}`)
    }
  }
  if (process.argv.includes("--json")) console.log(JSON.stringify({ results, missing }, null, 2))
  else {
    console.table(results)
    for (const line of missing) console.log(`not measured: ${line}`)
  }
}

function reason(error: unknown): string {
  const text = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error)
  return (
    text
      .split("\n")
      .find((line) => /error/i.test(line))
      ?.trim() ?? "it failed"
  )
}
