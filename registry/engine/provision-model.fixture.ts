import { z } from "zod"
import type { Clock } from "../core/clock.ts"
import { credentials, secret } from "../core/credentials.ts"
import { type AnyDock, defineDock } from "../core/dock.ts"
import { DockError, type DockErrorDetails } from "../core/errors.ts"
import { action, provision, type Step } from "../core/provision.ts"
import { resource } from "../core/resource.ts"
import { Secret } from "../core/secret.ts"
import { environmentVault } from "../security/env.ts"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { memoryStore } from "../stores/memory/index.ts"
import type { Store } from "./ports.ts"
import { createStackdock, type Stackdock } from "./stackdock.ts"

/** Something at the model of a provider. */
export interface Thing {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly password?: string | undefined
}

/** A provider in memory, which makes things, counts them, and fails when it is told to. */
export class Model {
  things: Thing[] = []
  /** All that was ever made, removed or not. */
  made: string[] = []
  /** In the order in which they went. */
  removed: string[] = []
  /** Looks until a site is ready. */
  building = 1
  /** Why a site will never be. */
  broken: string | undefined
  /** What goes wrong at the named call, such as `create domain`. `after` it has been done, or instead of it. */
  faults = new Map<string, { error: Partial<DockErrorDetails>; when: "before" | "after" }>()
  #last = 0

  async call<Result>(name: string, work: () => Result): Promise<Result> {
    const fault = this.faults.get(name)
    if (fault?.when === "before") throw modelError(fault.error)
    const result = work()
    if (fault) throw modelError(fault.error)
    return result
  }

  create(kind: string, name: string, password?: Secret): Promise<{ id: string }> {
    return this.call(`create ${kind}`, () => {
      this.#last += 1
      const thing = { id: `${kind}-${this.#last}`, kind, name, password: password?.reveal() }
      this.things.push(thing)
      this.made.push(thing.id)
      return { id: thing.id, data: { name } }
    })
  }

  find(kind: string, name: string): Promise<{ id: string } | null> {
    return this.call(
      `find ${kind}`,
      () => this.things.find((one) => one.kind === kind && one.name === name) ?? null,
    )
  }

  remove(id: string): Promise<void> {
    return this.call(`remove ${id.split("-")[0]}`, () => {
      if (this.things.some((thing) => thing.id === id)) this.removed.push(id)
      this.things = this.things.filter((thing) => thing.id !== id)
    })
  }

  look(id: string): Promise<{ isReady: boolean; thing: Thing }> {
    return this.call("look", () => {
      const thing = this.things.find((one) => one.id === id)
      if (!thing) throw modelError({ code: "not_found", message: "There is no such thing." })
      this.building -= 1
      return { isReady: this.building <= 0, thing }
    })
  }
}

export function modelError(details: Partial<DockErrorDetails>): DockError {
  return new DockError({ code: "timeout", provider: "model", message: "model: it took too long", ...details })
}

const Named = z.looseObject({ id: z.string(), name: z.string() })
const SiteInput = z.strictObject({
  name: z.string().min(1).meta({ title: "Name" }),
  region: z.enum(["east", "west"]).default("east"),
  domain: z.string().optional(),
  password: secret("Password").optional(),
})
type SiteInput = z.output<typeof SiteInput>

const siteStep = (canFind: boolean): Step<Model, SiteInput> => ({
  name: "site",
  ...(canFind ? { find: (api: Model, { name }: SiteInput) => api.find("site", name) } : {}),
  create: (api, { name, password }) => api.create("site", name, password),
  undo: (api, { id }) => api.remove(id),
})

const domainStep: Step<Model, SiteInput> = {
  name: "domain",
  applies: ({ domain }) => domain !== undefined,
  find: (api, { domain = "" }) => api.find("domain", domain),
  create: (api, { domain = "" }, { made }) => {
    if (!api.things.some(({ id }) => id === made["site"]?.id)) throw new Error("It was made for no site.")
    return api.create("domain", domain)
  },
  undo: (api, { id }) => api.remove(id),
}

const siteOf = (canFind: boolean) =>
  provision({
    table: "webServices",
    title: "Site",
    input: SiteInput,
    steps: [siteStep(canFind), domainStep],
    async observe(api: Model, made) {
      const { isReady, thing } = await api.look(made["site"]?.id ?? "")
      if (api.broken) return { state: "failed", code: "build_failed", message: api.broken, item: thing }
      return isReady ? { state: "ready", item: thing } : { state: "pending", progress: "building" }
    },
    destroy: removeSite,
    isGone: async (api, { providerResourceId }) => api.things.every(({ id }) => id !== providerResourceId),
  })

async function removeSite(api: Model, row: { providerResourceId: string }): Promise<void> {
  await api.remove(row.providerResourceId)
}

export const modelDock = (model: Model): AnyDock =>
  defineDock({
    provider: "model",
    title: "Model",
    website: "https://model.example",
    hosts: ["api.model.example"],
    credentials: credentials({ apiKey: secret("API key") }),
    limits: { windows: [], documentedAt: "https://model.example/limits" },
    connect: () => model,
    verify: async () => ({ id: "1", name: "The account" }),
    sync: {
      webServices: resource("webServices", Named, {
        async *list(api: Model) {
          yield { items: api.things.filter(({ kind }) => kind === "site") }
        },
        map: ({ id, name }) => ({ providerResourceId: id, name, status: "active" }),
      }),
    },
    provision: { site: siteOf(true), blindSite: siteOf(false) },
    actions: {
      webServices: {
        rename: action({
          table: "webServices",
          title: "Rename",
          input: z.strictObject({ name: z.string() }),
          run: async (api: Model, { providerResourceId: id }, { name }) =>
            await api.call("rename", () => {
              const thing = { id, kind: "site", name }
              api.things = api.things.map((one) => (one.id === id ? thing : one))
              const shows = [{ title: "New token", value: new Secret("fake-secret-token") }]
              return { message: `Renamed to ${name}.`, item: thing, shows }
            }),
        }),
      },
    },
  })

/** Time that passes only by waiting, or when a test says so. */
export class ModelClock implements Clock {
  #now = Date.parse("2026-03-01T12:00:00.000Z")
  slept: number[] = []
  now = () => this.#now
  sleep = async (ms: number) => {
    this.slept.push(ms)
    this.#now += ms
  }
}

export interface Bench {
  readonly model: Model
  readonly store: Store
  readonly clock: ModelClock
  /** As another process would: nothing is kept in memory from one to the next. */
  open(wrapped?: { store?: Store; model?: Model }): Stackdock
}

const keys = generateKey().then((primary) => formatKeyset({ primary, older: [] }))

/** A model with one connected account. */
export async function createBench(store: Store = memoryStore()): Promise<Bench> {
  const model = new Model()
  const clock = new ModelClock()
  const vault = environmentVault(await keys)
  const bench: Bench = {
    model,
    store,
    clock,
    open: (wrapped) =>
      createStackdock({
        docks: [modelDock(wrapped?.model ?? model)],
        store: wrapped?.store ?? store,
        vault,
        clock,
      }),
  }
  await bench.open().connect({ provider: "model", credentials: { apiKey: "fake-secret-api-key" } })
  return bench
}
