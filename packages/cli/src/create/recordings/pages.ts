import { judgeName } from "../../../../../registry/core/secret-names.ts"
import { camel, kebab } from "../../openapi/names.ts"
import { perPage } from "../files/pagers.ts"
import { put } from "../sample.ts"
import type { DockSpec, List } from "../spec.ts"
import { type Json, merged, wrap } from "./exchange.ts"

export interface PageBody {
  readonly query: Record<string, string>
  readonly headers?: Record<string, string>
  readonly body: unknown
  readonly held: number
}

/** What is asked for, page after page, and what comes. */
export function pagedBodies(spec: DockSpec, list: List, path: string, items: readonly unknown[]): PageBody[] {
  const always = asked(spec, list.query ?? [])
  return bodies(spec, list, path, items).map((page) => ({ ...page, query: { ...always, ...page.query } }))
}

/** What of a query is a place, as a test fills it. */
export function asked({ places }: DockSpec, query: readonly string[]): Record<string, string> {
  const filled = new Map(places.map(({ name }) => [name, kebab(name)]))
  return Object.fromEntries(query.map((name) => [name, filled.get(camel(name)) ?? ""]))
}

function bodies(spec: DockSpec, list: List, path: string, items: readonly unknown[]): PageBody[] {
  const { paging } = list
  const size = paging.kind !== "whole" && paging.size ? { [paging.size.name]: String(perPage(spec)) } : {}
  if (paging.kind === "whole") return [{ query: {}, body: bodyOf(list, items), held: items.length }]
  const total = paging.total
  // What only says that there is more, and not how much, must not be lost on its way unnoticed: then the second page is empty.
  const isCounted =
    total !== undefined ||
    (paging.kind === "links" && !paging.next) ||
    (paging.kind === "numbers" && paging.lastPage !== undefined)
  const at = isCounted && items.length > 1 && !endsEmpty(list) ? items.length - 1 : items.length
  const halves = [items.slice(0, at), items.slice(at)]
  const isOnly = isCounted && items.length === 1 && !endsEmpty(list)
  const parts = isOnly ? [items] : halves
  return parts.map((part, index): PageBody => {
    const isLast = index === parts.length - 1
    const told: Json = {}
    if (total) put(told, total, items.length)
    const next = nextOf(spec, list, path, size, items, at)
    if (paging.kind === "numbers" && paging.lastPage) put(told, paging.lastPage, parts.length)
    const token = "next" in paging && !(paging.kind === "cursor" && paging.ofItem) ? paging.next : undefined
    if (token && !isLast) put(told, token, next.value)
    const body = bodyOf(list, part, told, paging.kind === "cursor" && paging.ofItem ? next.value : undefined)
    const query = index === 0 ? next.first : next.query
    const headers =
      paging.kind === "links" && !paging.next && !isLast
        ? { link: `<${String(next.value)}>; rel="next"` }
        : undefined
    return { query, ...(headers ? { headers } : {}), body, held: part.length }
  })
}

/** Lists that say neither how many pages there are nor that this is the last one. */
function endsEmpty({ paging }: List): boolean {
  if (paging.kind === "numbers") return paging.lastPage === undefined && paging.next === undefined
  return paging.kind === "cursor" && paging.ofItem === true
}

function nextOf(
  spec: DockSpec,
  { paging }: List,
  path: string,
  size: Record<string, string>,
  items: readonly unknown[],
  at: number,
): { first: Record<string, string>; query: Record<string, string>; value: unknown } {
  const address = (query: Record<string, string>) =>
    `${spec.baseUrl.url}${path}?${new URLSearchParams(query).toString()}`
  switch (paging.kind) {
    case "numbers": {
      const query = { [paging.page]: "2", ...size }
      const isNumber =
        paging.next !== undefined && /page$/i.test(paging.next) && !/url|link/i.test(paging.next)
      return { first: { [paging.page]: "1", ...size }, query, value: isNumber ? 2 : address(query) }
    }
    case "offset":
      return {
        first: { [paging.offset]: "0", ...size },
        query: { [paging.offset]: String(at), ...size },
        value: items.length,
      }
    case "cursor": {
      const isNamedSecret = [paging.cursor, paging.next].some((name) => judgeName(name) !== "open")
      const value = isNamedSecret
        ? "fake-secret-page-2"
        : paging.ofItem
          ? `after-${items.length}`
          : "after-page-1"
      return { first: { ...size }, query: { [paging.cursor]: value, ...size }, value }
    }
    case "links": {
      const query = { after: "page-1", ...size }
      return { first: { ...size }, query, value: address(query) }
    }
    default:
      return { first: {}, query: {}, value: undefined }
  }
}

function bodyOf(
  { items, item, paging }: List,
  part: readonly unknown[],
  told: Json = {},
  cursor?: unknown,
): unknown {
  const held = part.map((one, index) => {
    if (item === undefined) return one
    const isOwn = paging.kind === "cursor" && paging.ofItem
    const own = isOwn ? { [paging.next]: index === part.length - 1 ? cursor : `after-${index + 1}` } : {}
    return { ...own, [item]: one }
  })
  return items === "" ? held : merged(wrap(items, held), told)
}
