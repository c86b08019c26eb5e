import type { Exchange } from "../exchange.ts"
import type { Place } from "./kinds.ts"

/** Gives what shall stand at a place instead. Keys of objects are visited, too. */
export interface Visitor {
  text(value: string, place: Place): string
  number(value: number, place: Place): number
  key(value: string, place: Place): string
}

/** Headers that an answer is read by. Whatever else came along says more of the sender than of the resource. */
const HEADERS = /^(?:link|location|retry-after|x-(?:total|next|prev|page|cursor|pagination)[\w-]*)$/

/** The exchange with every value visited; of its headers, only those that matter. */
export function walkExchange(exchange: Exchange, visitor: Visitor): Exchange {
  const isRefusal = exchange.status >= 400
  const at = (keys: readonly string[]): Place => ({ path: keys.join("."), keys, siblings: {}, isRefusal })
  const kept = Object.entries(exchange.responseHeaders).filter(([name]) => HEADERS.test(name))
  const body = exchange.isJson ? ["response", "body"] : ["response", "text"]
  return {
    ...exchange,
    url: walkUrl(exchange.url, visitor, at(["request"])),
    requestHeaders: {},
    requestBody: walkValue(exchange.requestBody, visitor, at(["request", "body"])),
    responseHeaders: Object.fromEntries(
      kept.map(([name, value]) => [name, visitor.text(value, at(["response", "headers", name]))]),
    ),
    body: walkValue(exchange.body, visitor, at(body)),
  }
}

function walkUrl(url: string, visitor: Visitor, { isRefusal }: Place): string {
  const { protocol, hostname, port, pathname, searchParams } = new URL(url)
  const place = (keys: readonly string[]): Place => ({ path: keys.join("."), keys, siblings: {}, isRefusal })
  const segments = pathname
    .split("/")
    .map((segment) => encodeURIComponent(visitor.text(decode(segment), place(["request", "path"]))))
  const query = [...searchParams].map(([name, value]): [string, string] => [
    name,
    visitor.text(value, place(["request", "query", name])),
  ])
  const host = visitor.key(hostname, place(["request", "host"]))
  // What `encodeURIComponent` encodes beyond need is as it was: paths of APIs have `:`, `@`, `$` and `,` in them.
  const path = segments.join("/").replace(/%(?:3A|40|24|2C|2B|3D|26|3B)/gi, decodeURIComponent)
  return `${protocol}//${host}${port && `:${port}`}${path}${query.length > 0 ? `?${new URLSearchParams(query)}` : ""}`
}

export function walkValue(value: unknown, visitor: Visitor, place: Place): unknown {
  if (typeof value === "string") return walkText(value, visitor, place)
  if (typeof value === "number") return visitor.number(value, place)
  if (Array.isArray(value)) {
    const inner = { ...place, path: `${place.path}[]` }
    return value.map((held) => walkValue(held, visitor, inner))
  }
  if (typeof value !== "object" || value === null) return value
  const siblings: Readonly<Record<string, unknown>> = { ...value }
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => {
      const inner = { ...place, siblings, path: `${place.path}.${key}`, keys: [...place.keys, key] }
      return [visitor.key(key, inner), walkValue(held, visitor, inner)]
    }),
  )
}

/** Some providers put JSON into a text. It is read as what it is. */
function walkText(value: string, visitor: Visitor, place: Place): string {
  if (/^\s*[[{]/.test(value)) {
    try {
      const inner: unknown = JSON.parse(value)
      const walked = walkValue(inner, visitor, place)
      const [was, is] = [JSON.stringify(inner), JSON.stringify(walked)]
      // Unchanged, it stays as it was written.
      return was === is ? value : is
    } catch {
      // It only looked like JSON.
    }
  }
  return visitor.text(value, place)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
