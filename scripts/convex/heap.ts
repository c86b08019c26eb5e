import { getFunctionName } from "convex/server"
import { z } from "zod"
import { defineDock } from "../../registry/core/dock.ts"
import { resource } from "../../registry/core/resource.ts"
import { syncDock } from "../../registry/engine/sync.ts"
import { callsFrom } from "../../registry/stores/convex/call.ts"
import { convexStore } from "../../registry/stores/convex/index.ts"

/**
 * A sync of many rows, as an action does it, with a database that takes everything and keeps nothing: what is measured is
 * the memory of the action, which Convex bounds, and not that of the deployment. It ends with what it took, as JSON.
 */
const ROWS = 50_000
const PAGE = 100

const Item = z.looseObject({ id: z.string(), name: z.string(), state: z.string() })

/** About 2 KiB each, as providers answer. */
const item = (index: number) => ({
  id: `srv-${index}-${"x".repeat(20)}`,
  name: `server-${index}.example.com`,
  state: "on",
  tags: Array.from({ length: 20 }, (_, tag) => ({
    key: `tag-${tag}`,
    label: `a label of item ${index}, ${tag}`,
  })),
  notes: `${index} `.repeat(100),
})

const dock = defineDock({
  provider: "many",
  title: "Many",
  website: "https://many.example",
  hosts: ["api.many.example"],
  credentials: z.strictObject({}),
  limits: { windows: [], documentedAt: "https://many.example/limits" },
  connect: () => ({}),
  verify: async () => ({ id: "1", name: "Many" }),
  sync: {
    servers: resource("servers", Item, {
      async *list() {
        for (let start = 0; start < ROWS; start += PAGE) {
          yield { items: Array.from({ length: PAGE }, (_, index) => item(start + index)), total: ROWS }
        }
      },
      map: ({ id, name }) => ({ providerResourceId: id, name, status: "running" }),
    }),
  },
})

let peak = 0
let largest = 0
let mutations = 0

const answers: Readonly<Record<string, (args: Record<string, unknown>) => unknown>> = {
  acquireLease: () => ({ acquired: true }),
  newestRow: () => 0,
  pageScopes: () => ({ page: [], isDone: true, continueCursor: "" }),
  pageScope: () => ({ ids: [], isDone: true, continueCursor: "" }),
  writeRows({ rows }) {
    const { length } = rows as unknown[]
    largest = Math.max(largest, length)
    mutations += 1
    return { outcomes: Array(length).fill("inserted"), joined: 0 }
  },
}

async function answer(reference: Parameters<typeof getFunctionName>[0], args: Record<string, unknown>) {
  // Convex hands arguments over as a copy.
  const copy = JSON.parse(JSON.stringify(args)) as Record<string, unknown>
  const [, name = ""] = getFunctionName(reference).split(":")
  peak = Math.max(peak, process.memoryUsage().heapUsed)
  return answers[name]?.(copy) ?? null
}

const now = new Date().toISOString()
const report = await syncDock({
  store: convexStore(callsFrom({ runQuery: answer as never, runMutation: answer as never })),
  dock: {
    id: "dock",
    orgId: "org",
    provider: "many",
    name: "many",
    accountId: null,
    accountName: null,
    status: "connected",
    credentials: null,
    lastError: null,
    lastSyncedAt: null,
    syncIntervalMinutes: null,
    leaseHolder: null,
    leaseExpiresAt: null,
    createdAt: now,
    updatedAt: now,
  },
  definition: dock,
  connect: () => ({}),
})
const [scope] = report.scopes
console.log(
  JSON.stringify({
    status: report.status,
    inserted: scope?.inserted,
    mutations,
    largest,
    peakMiB: peak / 2 ** 20,
  }),
)
