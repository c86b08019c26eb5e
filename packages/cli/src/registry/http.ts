import { CliError } from "../framework/error.ts"
import type { RegistryPlace } from "../state/config.ts"
import { type Cached, cacheKey, readCache, writeCache } from "./cache.ts"
import { expandAll } from "./environment.ts"
import type { Origin } from "./location.ts"
import { MAX_BYTES, type Registry, tooLarge } from "./source.ts"

const TIMEOUT_MS = 10_000
const MAX_REDIRECTS = 5

/** A registry behind a URL: `https://example.com/r` holds `registry.json` and `<item>.json`. */
export function httpRegistry(
  name: Origin,
  place: RegistryPlace,
  { offline }: { offline: boolean },
): Registry {
  const template = place.url.includes("{name}") ? place.url : `${place.url}/{name}.json`
  checkAddress(template)
  const headers = () => ({ accept: "application/json", ...expandAll(place.headers, name) })
  const params = () => expandAll(place.params, name)
  return {
    name,
    address: template,
    async read(document) {
      const shown = template.replaceAll("{name}", document)
      const body = await fetchBytes(
        { shown, headers, params },
        { offline, most: MAX_BYTES, timeout: TIMEOUT_MS },
      )
      return body?.toString("utf8")
    },
  }
}

export interface Address {
  /** What errors and the cache name. The parameters, which can be secrets, are no part of it. */
  readonly shown: string
  headers(): Readonly<Record<string, string>>
  params(): Readonly<Record<string, string>>
}

interface Limits {
  readonly offline: boolean
  readonly most: number
  readonly timeout: number
}

/** Source code that will run must not cross a network in clear, and the address is written into a committed file. */
export function checkAddress(address: string): void {
  const wrong = (reason: string) =>
    new CliError({
      code: "registry_address",
      message: `That address of a registry cannot be used: ${reason}.`,
      hint: "Give a https:// address (http:// only for this machine), without user, query or hash. Secrets go into headers: stackdock registry add --help",
      exitCode: 2,
    })
  const example = address.replaceAll("{name}", "name")
  if (!URL.canParse(example)) throw wrong("it is not a URL")
  const url = new URL(example)
  if (url.username || url.password) throw wrong("it holds a user or password")
  if (url.search || url.hash) throw wrong("it has a query or hash")
  if (/[{}$]/.test(example)) throw wrong("only {name} is filled in; variables belong into headers or params")
  if (!isSafe(url)) throw wrong(`${url.protocol}// is not https://`)
}

function isSafe(url: URL): boolean {
  if (url.protocol === "https:") return true
  return url.protocol === "http:" && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
}

/** The body, or undefined for 404: from the server, or from the cache when the server says that it is still right. */
export async function fetchBytes(address: Address, limits: Limits): Promise<Buffer | undefined> {
  const { shown } = address
  const key = cacheKey(shown)
  const cached = readCache(key)
  if (limits.offline) {
    if (cached) return cached.body
    throw new CliError({
      code: "not_cached",
      message: `${shown} was never read on this machine, and --offline asks nobody.`,
      hint: "Run the command once without --offline.",
    })
  }
  const answer = await request(address, cached, limits)
  if (answer === "unchanged") return cached?.body
  if (answer !== undefined) writeCache(key, answer)
  return answer?.body
}

/** One deadline covers the redirects and the last byte. */
async function request(
  { shown, headers, params }: Address,
  cached: Cached | undefined,
  { most, timeout }: Limits,
): Promise<Cached | "unchanged" | undefined> {
  const start = new URL(shown)
  for (const [name, value] of Object.entries(params())) start.searchParams.append(name, value)
  const own = headers()
  const known = validators(cached)
  const signal = AbortSignal.timeout(timeout)
  let url = start
  try {
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      // What a registry was given is for it alone: another server gets neither tokens nor anything else of ours.
      const sent =
        url.origin === start.origin ? { ...own, ...known } : { accept: "application/json", ...known }
      const response = await fetch(url.href, { redirect: "manual", signal, headers: sent })
      const location = response.headers.get("location")
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel()
        url = redirected(url, location, shown)
        continue
      }
      if (response.status === 304 && cached) return "unchanged"
      return await bodyOf(response, shown, most)
    }
  } catch (error) {
    throw error instanceof CliError ? error : unreachable(shown, error, timeout)
  }
  throw failed(shown, `it redirects more than ${MAX_REDIRECTS} times`)
}

function validators(cached: Cached | undefined): Record<string, string> {
  if (cached?.etag !== undefined) return { "if-none-match": cached.etag }
  return cached?.lastModified === undefined ? {} : { "if-modified-since": cached.lastModified }
}

function redirected(from: URL, location: string, shown: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (to === undefined) throw failed(shown, "it redirects to something that is not a URL")
  if (!isSafe(to) || (from.protocol === "https:" && to.protocol !== "https:")) {
    throw failed(shown, `it redirects to ${to.protocol}//${to.host}, which is not https`)
  }
  return to
}

async function bodyOf(response: Response, shown: string, most: number): Promise<Cached | undefined> {
  if (response.status === 404) {
    await response.body?.cancel()
    return undefined
  }
  if (!response.ok) {
    await response.body?.cancel()
    const hint = response.status === 401 || response.status === 403 ? MAYBE_TOKEN : undefined
    throw failed(shown, `it answered ${response.status}`, hint)
  }
  if (/html/i.test(response.headers.get("content-type") ?? "")) {
    await response.body?.cancel()
    throw failed(shown, "it answered with HTML, not JSON")
  }
  if (Number(response.headers.get("content-length") ?? 0) > most) {
    await response.body?.cancel()
    throw tooLarge(shown, most)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > most) throw tooLarge(shown, most)
    chunks.push(chunk)
  }
  const etag = response.headers.get("etag") ?? undefined
  const lastModified = response.headers.get("last-modified") ?? undefined
  return { body: Buffer.concat(chunks), etag, lastModified }
}

const MAYBE_TOKEN =
  "Nothing was written. If it is private, it needs a header with a token: stackdock registry add --help"

function unreachable(shown: string, error: unknown, timeout: number): CliError {
  if (error instanceof Error && error.name === "TimeoutError") {
    return failed(shown, `it took longer than ${timeout / 1000} s`)
  }
  // fetch says "fetch failed" and keeps the reason (ECONNREFUSED, ENOTFOUND, …) in its cause.
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return failed(
    shown,
    reason instanceof Error ? reason.message || "the connection failed" : "the connection failed",
  )
}

function failed(shown: string, reason: string, hint?: string): CliError {
  return new CliError({
    code: "registry_unreachable",
    message: `The registry could not be read at ${shown}: ${reason}.`,
    hint:
      hint ??
      "Nothing was written. Check the address and the connection; what was read before is there with --offline, and the bundled registry needs neither.",
  })
}
