import { kebab, plural } from "../../openapi/names.ts"
import { allLists, bindingsOf, scopeWord } from "../files/naming.ts"
import { valueAt } from "../path.ts"
import { columnOrder, expectedRow, type SampleScope } from "../rows.ts"
import { put, sampleItems } from "../sample.ts"
import type { DockSpec, List } from "../spec.ts"
import { type Exchange, filled, type Json, wrap } from "./exchange.ts"
import { pagedBodies } from "./pages.ts"

/** One place of a listing: the parameters that lead there, and the scope that rows get. */
interface Spot {
  readonly params: readonly string[]
  readonly scope: SampleScope | undefined
  readonly scopePath: string
}

interface Listed {
  readonly spot: Spot
  readonly items: readonly unknown[]
}

/** An account in good order: every list of it, page after page, and the rows that it must become. */
export function account(spec: DockSpec): { exchanges: Exchange[]; rows: Record<string, Json[]> } {
  const exchanges: Exchange[] = spec.account ? [accountExchange(spec.account)] : []
  const rows: Record<string, Json[]> = {}
  const done = new Map<string, Listed[]>()
  const resourceAt = new Map(allLists(spec).map(({ list, resource }) => [list.path, resource]))
  const listAll = (list: List): Listed[] => {
    const known = done.get(list.path)
    if (known) return known
    const resource = resourceAt.get(list.path)
    const spots = spotsOf(list, list.within ? listAll(list.within.of) : [])
    const listed: Listed[] = []
    let number = 1
    for (const [index, spot] of spots.entries()) {
      const count = index === 0 ? (list.within ? 2 : 3) : 1
      const items = sampleItems(list, resource, number, count)
      number += count
      listed.push({ spot, items })
      exchanges.push(...pagesOf(spec, list, spot, items, spots.length > 1))
    }
    done.set(list.path, listed)
    return listed
  }
  for (const resource of spec.resources) {
    rows[resource.table] = listAll(resource.list).flatMap(({ spot, items }) =>
      items.map((item) => ordered(resource.table, expectedRow(resource, item, spot.scope))),
    )
  }
  return { exchanges, rows }
}

function ordered(table: string, row: Json): Json {
  return Object.fromEntries(
    columnOrder(table).flatMap((column) => (column in row ? [[column, row[column]]] : [])),
  )
}

function spotsOf(list: List, outer: readonly Listed[]): Spot[] {
  const { within } = list
  if (!within) {
    const params = bindingsOf(list).map(({ name }) => kebab(name))
    return [{ params, scope: undefined, scopePath: "" }]
  }
  return outer.flatMap(({ spot, items }) =>
    items.map((item) => {
      const id = String(valueAt(item, within.id))
      const name = within.name ? valueAt(item, within.name) : undefined
      const scopePath = `${spot.scopePath === "" ? "" : `${spot.scopePath}/`}${scopeWord(list)}/${id}`
      return {
        params: [...spot.params, id],
        scope: { id, name: typeof name === "string" && name !== "" ? name : id },
        scopePath,
      }
    }),
  )
}

function accountExchange(told: NonNullable<DockSpec["account"]>): Exchange {
  const item: Json = {}
  for (const [path, { is }] of Object.entries(told.fields)) {
    put(
      item,
      path,
      is === "number-id"
        ? 1001
        : /email/i.test(path)
          ? "ada@example.com"
          : path === told.id
            ? "account-1"
            : "Acme",
    )
  }
  return {
    file: "account/get.json",
    scenario: "the account of the credential",
    request: { method: "GET", path: told.path },
    response: { status: 200, body: wrap(told.within, item) },
  }
}

function pagesOf(
  spec: DockSpec,
  list: List,
  spot: Spot,
  items: readonly unknown[],
  severalSpots: boolean,
): Exchange[] {
  const folder = kebab(plural(list.noun))
  const prefix = severalSpots ? spot.params.at(-1)?.replace(/[^\w.-]+/g, "-") : undefined
  const path = filled(list.path, spot.params)
  const pages = pagedBodies(spec, list, path, items)
  return pages.map(({ query, headers, body, held }, index): Exchange => {
    const name = pages.length === 1 ? (prefix ?? "list") : `${prefix ? `${prefix}-` : ""}page-${index + 1}`
    return {
      file: `${folder}/${name}.json`,
      scenario:
        pages.length === 1
          ? "all in one answer"
          : held === 0
            ? "an empty page is the end"
            : `page ${index + 1} of ${pages.length}`,
      request: { method: "GET", path, ...(Object.keys(query).length > 0 ? { query } : {}) },
      response: { status: 200, ...(headers ? { headers } : {}), body },
    }
  })
}
