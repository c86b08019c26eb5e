import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import type { Store } from "../../registry/engine/ports.ts"
import type { RowQuery } from "../../registry/engine/read-ports.ts"
import { syncDock } from "../../registry/engine/sync.ts"
import { embeddedStore } from "../../registry/stores/sql/node/embedded.ts"
import { benchDock, benchDockRow } from "./account.ts"

/** What a screen asks of an embedded store: pages with their totals, in any order, and counts. `reading.bench.ts 1000000` for more rows. */
const rows = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 50_000)
const ROUNDS = 15

const folder = mkdtempSync(join(tmpdir(), "stackdock-bench-"))
const store = embeddedStore(join(folder, "bench.db"))
try {
  report(await measure(await filled(store)))
} finally {
  await store.close()
  rmSync(folder, { recursive: true })
}

async function filled(store: Store): Promise<Store> {
  await store.migrate()
  const dock = benchDockRow()
  await store.docks.insert(dock)
  await syncDock({ store, dock, definition: benchDock(rows), connect: () => undefined })
  return store
}

async function measure({ rows: table }: Store): Promise<{ what: string; ms: number; atMost: number }[]> {
  const { orgId } = benchDockRow()
  const page = (changes: Partial<RowQuery>) => () =>
    table.page("servers", {
      orgId,
      filter: {},
      sort: { column: "name", descending: false },
      offset: 0,
      limit: 100,
      ...changes,
    })
  const by = (column: string) => ({ sort: { column, descending: true } })
  const questions: [string, () => Promise<unknown>, number][] = [
    ["first page", page({}), 25],
    ["page in the middle", page({ offset: rows / 2 }), 25],
    ["last page, backwards", page({ ...by("name"), offset: rows - 100 }), 25],
    ["search that finds many", page({ filter: { text: "example.com" } }), 25],
    ["search that finds nothing", page({ filter: { text: "nothing" } }), 25],
    ["by status and provider", page({ filter: { statuses: ["running"], providers: ["bench"] } }), 25],
    ["sorted by another column", page(by("region")), 150],
    ["counts of all tables", () => table.counts(orgId), 100],
  ]
  const measured = []
  for (const [what, ask, atMost] of questions) measured.push({ what, ms: await shortest(ask), atMost })
  return measured
}

/** Of several times the shortest: what others do on the machine meanwhile only adds to it. */
async function shortest(ask: () => Promise<unknown>): Promise<number> {
  let ms = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now()
    await ask()
    ms = Math.min(ms, performance.now() - start)
  }
  return ms
}

/** The bounds are those for 50,000 rows. */
function report(measured: Awaited<ReturnType<typeof measure>>): void {
  console.log(`${rows} rows, the shortest of ${ROUNDS} times`)
  for (const { what, ms, atMost } of measured) {
    const told = `${what}: ${ms.toFixed(1)} ms`
    if (rows !== 50_000) {
      console.log(told)
      continue
    }
    console.log(`${ms <= atMost ? "ok    " : "MISSED"} ${told} (at most ${atMost})`)
    if (ms > atMost) process.exitCode = 1
  }
}
