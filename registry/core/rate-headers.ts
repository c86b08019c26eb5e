import type { RateHeaders } from "./limits.ts"

/** What answer headers tell of a budget. */
export interface ToldBudget {
  readonly per: RateHeaders["per"]
  readonly limit: number | undefined
  readonly remaining: number | undefined
  /** Until the budget is full again. */
  readonly resetMs: number | undefined
}

/** A reset further away than this is a misread number. */
const LONGEST_RESET_MS = 32 * 24 * 3_600_000

export function toldBudgets(
  headers: Headers,
  spoken: readonly RateHeaders[] = [],
  now: number,
): ToldBudget[] {
  return spoken.map((names) => ({
    per: names.per,
    ...(names.structured
      ? readStructured(headers)
      : {
          limit: readNumber(headers, names.limit),
          remaining: readNumber(headers, names.remaining),
          resetMs: names.reset && readReset(headers, names.reset, now),
        }),
  }))
}

type Told = Omit<ToldBudget, "per">

/** Several policies may be told at once: `"burst";r=50;t=30, "day";r=900;t=4000`. The one with the least left comes first. */
function readStructured(headers: Headers): Told {
  const left = ({ numbers }: Item) => numbers["r"] ?? Number.POSITIVE_INFINITY
  const [told] = itemsIn(headers.get("ratelimit")).sort((a, b) => left(a) - left(b))
  const policy = itemsIn(headers.get("ratelimit-policy")).find(({ name }) => name === told?.name)
  const { r, t } = told?.numbers ?? {}
  return { limit: policy?.numbers["q"], remaining: r, resetMs: toMs(t) }
}

interface Item {
  readonly name: string
  readonly numbers: Readonly<Record<string, number>>
}

/** A list of RFC 9651, as far as it is needed: names in quotes or without, each with numbers. */
function itemsIn(text: string | null): Item[] {
  const items = (text ?? "").matchAll(/(?:"([^"]*)"|([\w-]+))((?:\s*;\s*[a-z]+=[^;,]*)+)/g)
  return [...items].map(([, quoted, bare, parameters = ""]) => {
    const numbers = [...parameters.matchAll(/([a-z]+)=(\d{1,15})(?![\d.])/g)]
    return {
      name: quoted ?? bare ?? "",
      numbers: Object.fromEntries(numbers.map(([, key = "", value]) => [key, Number(value)])),
    }
  })
}

export interface RetryAfter {
  readonly ms: number
  readonly per: RateHeaders["per"]
}

/** How long a refused request has to wait: the provider's own header, `Retry-After`, or when the budget resets. */
export function retryAfter(
  headers: Headers,
  spoken: readonly RateHeaders[] = [],
  now: number,
): RetryAfter | undefined {
  const candidates: { ms: number | undefined; per: RateHeaders["per"] }[] = [
    ...spoken.map(({ retryAfter: name, per }) => ({ ms: toMs(readNumber(headers, name)), per })),
    { ms: readRetryAfter(headers, now), per: undefined },
    ...toldBudgets(headers, spoken, now)
      .filter(({ remaining }) => !remaining)
      .map(({ resetMs, per }) => ({ ms: resetMs, per })),
  ]
  for (const { ms, per } of candidates) if (ms !== undefined && ms > 0) return { ms, per }
  return undefined
}

/** Seconds or an HTTP date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function readRetryAfter(headers: Headers, now: number): number | undefined {
  const seconds = readNumber(headers, "retry-after")
  if (seconds !== undefined) return toMs(seconds)
  const date = Date.parse(headers.get("retry-after") ?? "")
  return Number.isNaN(date) ? undefined : sensible(date - providersNow(headers, now))
}

function readReset(
  headers: Headers,
  reset: NonNullable<RateHeaders["reset"]>,
  now: number,
): number | undefined {
  const value = readNumber(headers, reset.header)
  if (value === undefined) return undefined
  if (reset.as === "seconds") return sensible(value * 1000)
  return sensible((reset.as === "unix-seconds" ? value * 1000 : value) - providersNow(headers, now))
}

/** Instants are compared with the provider's own clock, since ours may be off. */
function providersNow(headers: Headers, now: number): number {
  const date = Date.parse(headers.get("date") ?? "")
  return Number.isNaN(date) ? now : date
}

function readNumber(headers: Headers, name: string | undefined): number | undefined {
  const text = name && headers.get(name)?.trim()
  return text && /^\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : undefined
}

function toMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : sensible(seconds * 1000)
}

function sensible(ms: number): number | undefined {
  return ms <= LONGEST_RESET_MS ? Math.max(0, Math.ceil(ms)) : undefined
}
