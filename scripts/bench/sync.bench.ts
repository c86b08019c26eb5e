import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import { fileURLToPath } from "node:url"
import { syncDock } from "../../registry/engine/sync.ts"
import { embeddedStore } from "../../registry/stores/sql/node/embedded.ts"
import { openLibsql } from "../../registry/stores/sql/node/libsql.ts"
import { benchDock, benchDockRow } from "./account.ts"

/** What one process measured: a first sync of an account, and a second one that finds nothing changed. */
interface Measured {
  rows: number
  firstMs: number
  resyncMs: number
  rowsWrittenByResync: number
  peakMiB: number
}

const [role, argument] = process.argv.slice(2)
if (role === "measure") console.log(JSON.stringify(await measure(Number(argument))))
else report()

async function measure(rows: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "stackdock-bench-"))
  const path = join(folder, "bench.db")
  const store = embeddedStore(path)
  await store.migrate()
  const dock = benchDockRow()
  await store.docks.insert(dock)

  const sync = async (wanted: "inserted" | "unchanged") => {
    const start = performance.now()
    const { status, scopes } = await syncDock({
      store,
      dock,
      definition: benchDock(rows),
      connect: () => undefined,
    })
    const ms = performance.now() - start
    if (status !== "succeeded" || scopes[0]?.[wanted] !== rows)
      throw new Error(JSON.stringify({ status, scopes }))
    return ms
  }
  const firstMs = await sync("inserted")
  const writes = await countWrites(path)
  const resyncMs = await sync("unchanged")
  const rowsWrittenByResync = writes()
  await store.close()
  rmSync(folder, { recursive: true })
  return { rows, firstMs, resyncMs, rowsWrittenByResync, peakMiB: process.resourceUsage().maxRSS / 1024 }
}

/** Lets the database itself count what is written to the rows from now on, by any connection. */
async function countWrites(path: string): Promise<() => number> {
  const database = await openLibsql(path)
  database.prepare("create table writes (kind text)").run([])
  for (const kind of ["insert", "update", "delete"]) {
    const insert = `insert into writes values ('${kind}')`
    database.prepare(`create trigger count_${kind} after ${kind} on servers begin ${insert}; end`).run([])
  }
  return () => database.prepare("select kind from writes").all([]).length
}

function report(): void {
  const json = process.argv.includes("--json")
  const small = [1, 2, 3]
    .map(() => inOwnProcess(10_000))
    .sort((a, b) => a.resyncMs / a.firstMs - b.resyncMs / b.firstMs)
  const results = [...small.slice(1, 2), inOwnProcess(100_000), inOwnProcess(1_000_000)]
  const [ten, hundred, million] = results
  if (!ten || !hundred || !million) throw new Error("A measurement is missing.")

  const ratio = ten.resyncMs / ten.firstMs
  const memory = million.peakMiB / hundred.peakMiB - 1
  const growth = million.firstMs / hundred.firstMs
  const bounds = [
    { what: "unchanged resync of 10,000 rows, of the first", is: ratio, atMost: 0.5 },
    { what: "rows it wrote", is: ten.rowsWrittenByResync + million.rowsWrittenByResync, atMost: 0 },
    { what: "memory for 1,000,000 rows above that for 100,000", is: memory, atMost: 0.25 },
    { what: "time for 1,000,000 rows, times that for 100,000", is: growth, atMost: 15 },
  ]
  if (json) console.log(JSON.stringify({ results, bounds }, null, 2))
  else {
    console.table(results.map(readable))
    for (const { what, is, atMost } of bounds) {
      console.log(`${is <= atMost ? "ok    " : "MISSED"} ${what}: ${is.toFixed(2)} (at most ${atMost})`)
    }
  }
  if (bounds.some(({ is, atMost }) => is > atMost)) process.exitCode = 1
}

function inOwnProcess(rows: number): Measured {
  const args = [...process.execArgv, fileURLToPath(import.meta.url), "measure", String(rows)]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }))
}

function readable({ rows, firstMs, resyncMs, peakMiB }: Measured) {
  return {
    rows,
    "first, rows/s": Math.round((rows / firstMs) * 1000),
    "resync, rows/s": Math.round((rows / resyncMs) * 1000),
    "resync / first": Number((resyncMs / firstMs).toFixed(2)),
    "peak MiB": Math.round(peakMiB),
  }
}
