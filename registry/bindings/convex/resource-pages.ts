import type {
  ListedResource,
  PageFilter,
  PageRequest,
  ResourcePage,
  TableCounts,
} from "../../engine/reading.ts"
import { DataError } from "../../ui/data/port.ts"
import type { ArgsOf, StackdockApi } from "./functions.ts"
import type { Live } from "./live.ts"
import { type PageAsked, Stretches } from "./stretches.ts"

type Query = StackdockApi["resources"]
type Question = Omit<ArgsOf<Query>, "paginationOpts">

const PAGE = 100

/** Pages of a table, any stretch of it, over a query that has cursors. */
export class ResourcePages {
  readonly #live: Live
  readonly #api: StackdockApi
  readonly #orgId: string
  readonly #stretches = new Map<string, Stretches<ListedResource>>()
  /** By request: the queries that its rows came from, and who watches them. */
  readonly #asked = new Map<string, readonly PageAsked[]>()
  readonly #watchers = new Set<{ key: string; follow: () => void }>()

  constructor(live: Live, api: StackdockApi, orgId: string) {
    this.#live = live
    this.#api = api
    this.#orgId = orgId
  }

  async page(request: PageRequest): Promise<ResourcePage> {
    refuseOrder(request)
    const { offset = 0, limit = PAGE } = request
    const key = JSON.stringify(request)
    const counts = await this.#live.ask(key, this.#api.dashboard, { orgId: this.#orgId })
    const stretches = this.#of(request)
    const question = this.#question(request)
    const { rows, asked } = await stretches.rows({ offset, limit }, (paginationOpts) =>
      this.#live.ask(key, this.#api.resources, { ...question, paginationOpts }),
    )
    this.#asked.set(key, asked)
    for (const watcher of this.#watchers) if (watcher.key === key) watcher.follow()
    const { total } = stretches
    return { rows, total: total.isExact ? total.rows : (totalOf(counts, request) ?? total.rows) }
  }

  /** The rows that are shown, and the counts: a row that comes before them moves them all. */
  watch(request: PageRequest, changed: () => void): () => void {
    const key = JSON.stringify(request)
    const again = () => {
      this.#stretches.delete(questionKey(request))
      changed()
    }
    const stops: (() => void)[] = []
    const stop = () => {
      for (const one of stops.splice(0)) one()
    }
    const follow = () => {
      stop()
      stops.push(this.#live.watch(key, this.#api.dashboard, { orgId: this.#orgId }, again))
      const question = this.#question(request)
      for (const paginationOpts of this.#asked.get(key) ?? [])
        stops.push(this.#live.watch(key, this.#api.resources, { ...question, paginationOpts }, again))
    }
    const watcher = { key, follow }
    this.#watchers.add(watcher)
    follow()
    return () => {
      this.#watchers.delete(watcher)
      stop()
    }
  }

  #of(request: PageRequest): Stretches<ListedResource> {
    const key = questionKey(request)
    const known = this.#stretches.get(key)
    if (known) return known
    const stretches = new Stretches<ListedResource>(restOf(request.filter ?? {}))
    this.#stretches.set(key, stretches)
    return stretches
  }

  /** Each question of the deployment has its index, and takes one of each. */
  #question({ table, filter = {} }: PageRequest): Question {
    const { providers, docks, statuses, text, deleted } = filter
    const [provider, dock, status] = [single(providers), single(docks), single(statuses)]
    return {
      orgId: this.#orgId,
      table,
      ...(provider === undefined ? {} : { provider }),
      ...(dock === undefined ? {} : { dock }),
      ...(status === undefined ? {} : { status }),
      ...(text?.trim() ? { text } : {}),
      ...(deleted ? { deleted } : {}),
    }
  }
}

function questionKey({ table, filter = {} }: PageRequest): string {
  return JSON.stringify([table, filter])
}

function refuseOrder({ sort }: PageRequest): void {
  if (sort === undefined || (sort.column === "name" && !sort.descending)) return
  throw new DataError({
    code: "invalid_order",
    message: "A Convex deployment lists rows in the order of their names, and in no other.",
    suggestion: "Take the sorting away.",
  })
}

/** What the deployment's question leaves open. */
function restOf(filter: PageFilter): ((row: ListedResource) => boolean) | undefined {
  const { providers, docks, statuses, environments, where = {} } = filter
  const lists = Object.entries({
    provider: several(providers),
    dockId: several(docks),
    status: several(statuses),
    environment: environments?.length ? environments : undefined,
  }).flatMap(([column, values]) => (values ? [{ column, values }] : []))
  const columns = Object.entries(where)
  if (lists.length + columns.length === 0) return undefined
  return (row) => {
    const cells: Readonly<Record<string, unknown>> = { ...row }
    const wordOf = (column: string) => String(cells[column] ?? "")
    return (
      lists.every(({ column, values }) => values.includes(wordOf(column))) &&
      columns.every(([column, value]) => wordOf(column) === value)
    )
  }
}

function single(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] : undefined
}

function several(values: readonly string[] | undefined): readonly string[] | undefined {
  return values && values.length > 1 ? values : undefined
}

/** How many rows there are without walking to the end, where the kept counts tell. */
function totalOf(counts: readonly TableCounts[], { table, filter = {} }: PageRequest): number | undefined {
  const { providers = [], statuses = [], docks = [], environments = [], where = {}, text, deleted } = filter
  const others = docks.length + environments.length + Object.keys(where).length
  if (others > 0 || text?.trim() || deleted || (providers.length > 0 && statuses.length > 0)) return undefined
  const ofTable = counts.find((one) => one.table === table)
  const sum = (of: Readonly<Record<string, number>> = {}, words: readonly string[]) =>
    words.reduce((total, word) => total + (of[word] ?? 0), 0)
  if (providers.length > 0) return sum(ofTable?.byProvider, providers)
  if (statuses.length > 0) return sum(ofTable?.byStatus, statuses)
  return ofTable?.total ?? 0
}
