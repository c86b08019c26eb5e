import type { Clock } from "../core/clock.ts"
import type { AnyDock } from "../core/dock.ts"
import { createHttp } from "../core/http.ts"
import type { Action, Provision, Step } from "../core/provision.ts"
import type { Store } from "../engine/ports.ts"
import { createStackdock, type Stackdock } from "../engine/stackdock.ts"
import type { AuditEntry } from "../schema/audit-log.ts"
import { environmentVault } from "../security/env.ts"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { memoryStore } from "../stores/memory/index.ts"
import type { MortalProcess } from "./mortal.ts"
import type { RecordedProvider } from "./recorded-provider.ts"

/** As recorded requests have it. Otherwise it is another each time. */
const RECORDED_KEY = "key"

const LEASE = ["acquire", "release"] as const

/** A dock connected through the engine to a provider of recordings, on a store in memory. */
export interface Play {
  readonly dock: AnyDock
  readonly provider: RecordedProvider
  readonly store: Store
  readonly clock: Clock
  /** As another process would: nothing is kept in memory from one to the next. `process` may be killed. */
  open(process?: MortalProcess): Stackdock
  audit(): Promise<AuditEntry[]>
}

const vault = generateKey().then((primary) => environmentVault(formatKeyset({ primary, older: [] })))

export async function openPlay(
  dock: AnyDock,
  credentials: unknown,
  provider: RecordedProvider,
): Promise<Play> {
  const store = memoryStore()
  let now = Date.parse("2026-01-01T00:00:00Z")
  const clock: Clock = {
    now: () => now,
    async sleep(ms) {
      now += ms
    },
  }
  const keys = await vault
  const play: Play = {
    dock,
    provider,
    store,
    clock,
    open: (process) =>
      createStackdock({
        docks: [
          playedDock(dock, clock, process ? process.within({ fetch: provider.fetch }).fetch : provider.fetch),
        ],
        store: process
          ? {
              ...store,
              provisionings: process.within(store.provisionings, [...LEASE, "insert", "update"]),
              rows: process.within(store.rows, ["put", "mark"]),
            }
          : store,
        vault: keys,
        clock,
      }),
    async audit() {
      const entries: AuditEntry[] = []
      for await (const entry of play.open().auditLog()) if (entry.action !== "connect") entries.push(entry)
      return entries
    },
  }
  await play.open().connect({ provider: dock.provider, credentials, verify: false })
  return play
}

/** The dock as it is, but for the network, the time and the keys that a recording cannot know. */
function playedDock(dock: AnyDock, clock: Clock, fetch: typeof globalThis.fetch): AnyDock {
  const { provider, limits } = dock
  return {
    ...dock,
    connect: (credentials) =>
      dock.connect(
        credentials,
        createHttp({ provider, limits, problem: dock.problem?.bind(dock), clock, fetch }),
      ),
    provision: mapped(dock.provision ?? {}, (kind: Provision) => ({ ...kind, steps: kind.steps.map(keyed) })),
    actions: mapped(dock.actions ?? {}, (ofTable: Readonly<Record<string, Action>>) =>
      mapped(ofTable, (action) => ({
        ...action,
        run: (api, row, input) => action.run(api, row, input, { idempotencyKey: RECORDED_KEY }),
      })),
    ),
  }
}

function keyed(step: Step): Step {
  const { find } = step
  return {
    ...step,
    ...(find
      ? {
          find: (api, input, context) =>
            find.call(step, api, input, { ...context, idempotencyKey: RECORDED_KEY }),
        }
      : {}),
    create: (api, input, context) => step.create(api, input, { ...context, idempotencyKey: RECORDED_KEY }),
  }
}

function mapped<Value>(
  values: Readonly<Record<string, Value>>,
  change: (value: Value) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]))
}
