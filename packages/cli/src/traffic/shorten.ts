import type { Exchange } from "./exchange.ts"

const MOST = 5
const LEAST = 2

/** How far lists are shortened: all of them, or only those that come in one page. */
export type Extent = "all" | "single pages"

/**
 * Lists of many items cut down to a few: the first ones, and whatever has keys or states that those do not have. Counts of
 * items are told anew, so that a listing still comes to its end. Whether a dock still reads it whole is for a replay to say.
 */
export function shorten(exchanges: readonly Exchange[], extent: Extent): Exchange[] {
  const pages = new Map<string, number>()
  for (const { url } of exchanges) pages.set(listOf(url), (pages.get(listOf(url)) ?? 0) + 1)
  const isCut = ({ url, method, status }: Exchange) =>
    method === "GET" && status < 300 && (extent === "all" || pages.get(listOf(url)) === 1)

  const totals = new Map<string, { was: number; is: number }>()
  const cut = exchanges.map((exchange) => {
    if (!isCut(exchange)) return exchange
    const counts: { was: number; is: number }[] = []
    const body = shortened(exchange.body, counts)
    // The longest list is what the page is about.
    const [page] = counts.sort((a, b) => b.was - a.was)
    if (!page) return exchange
    const total = totals.get(listOf(exchange.url)) ?? { was: 0, is: 0 }
    totals.set(listOf(exchange.url), { was: total.was + page.was, is: total.is + page.is })
    return { ...exchange, body: recounted(body, page) }
  })
  return cut.map((exchange) => {
    const total = totals.get(listOf(exchange.url))
    return total && isCut(exchange) ? { ...exchange, body: recounted(exchange.body, total) } : exchange
  })
}

/** The address without its query: pages of one list share it. */
export function listOf(url: string): string {
  return url.replace(/\?.*$/s, "")
}

function shortened(value: unknown, counts: { was: number; is: number }[]): unknown {
  if (Array.isArray(value)) {
    const items = value.every(isObject) ? chosen(value) : value
    if (value.length > 0 && value.every(isObject)) counts.push({ was: value.length, is: items.length })
    return items.map((item) => shortened(item, []))
  }
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, shortened(held, counts)]))
}

function chosen(items: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  const seen = new Set<string>()
  let others = 0
  return items.filter((item, index) => {
    const traits = traitsOf(item)
    const isNew = traits.some((trait) => !seen.has(trait))
    const isKept = index < LEAST || (isNew && others++ < MOST - LEAST)
    if (isKept) for (const trait of traits) seen.add(trait)
    return isKept
  })
}

/** Which keys it has, and in which state it is. */
function traitsOf(item: Record<string, unknown>): string[] {
  return Object.entries(item).flatMap(([key, value]) => {
    const isWord = /status|state|type|kind/i.test(key) && typeof value === "string"
    return isWord ? [key, `${key}=${value}`] : [`${key}${value === null ? " null" : ""}`]
  })
}

/** Numbers that count the items, wherever the envelope has them. */
function recounted(body: unknown, { was, is }: { was: number; is: number }): unknown {
  if (!isObject(body) || was === is) return body
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => {
      const counts = /total|count|results|size/i.test(key) && !/page|per/i.test(key)
      return [key, counts && value === was ? is : recounted(value, { was, is })]
    }),
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
