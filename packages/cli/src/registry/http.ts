import { CliError } from "../framework/error.ts"
import { MAX_BYTES, type Registry, tooLarge } from "./source.ts"

const TIMEOUT_MS = 10_000
const MAX_REDIRECTS = 5

/** A registry behind a URL: `https://example.com/r` holds `registry.json` and `<item>.json`. */
export function httpRegistry(location: string): Registry {
  const base = checkAddress(location.replace(/\/(registry\.json)?$/, ""))
  return {
    name: base.href,
    read: (file) => fetchText(new URL(`${base.href.replace(/\/$/, "")}/${file}`)),
  }
}

/** Source code that will run must not cross a network in clear, and the address is written into a committed file. */
function checkAddress(location: string): URL {
  const wrong = (reason: string) =>
    new CliError({
      code: "registry_address",
      message: `--registry cannot be used: ${reason}.`,
      hint: "Give a https:// address (http:// only for this machine), without user, query or hash.",
      exitCode: 2,
    })
  if (!URL.canParse(location)) throw wrong("it is not a URL")
  const url = new URL(location)
  if (url.username || url.password) throw wrong("it holds a user or password")
  if (url.search || url.hash) throw wrong("it has a query or hash")
  if (!isSafe(url)) throw wrong(`${url.protocol}// is not https://`)
  return url
}

function isSafe(url: URL): boolean {
  if (url.protocol === "https:") return true
  return url.protocol === "http:" && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
}

/** The body, or undefined for 404. One deadline covers the redirects and the last byte. */
async function fetchText(start: URL): Promise<string | undefined> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  let url = start
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    try {
      const response = await fetch(url.href, {
        redirect: "manual",
        signal,
        headers: { accept: "application/json" },
      })
      const location = response.headers.get("location")
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel()
        url = redirected(url, location)
        continue
      }
      return await textOf(response, url)
    } catch (error) {
      throw error instanceof CliError ? error : unreachable(url, error)
    }
  }
  throw failed(start, `it redirects more than ${MAX_REDIRECTS} times`)
}

function redirected(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined
  if (to === undefined) throw failed(from, "it redirects to something that is not a URL")
  if (!isSafe(to) || (from.protocol === "https:" && to.protocol !== "https:")) {
    throw failed(from, `it redirects to ${to.protocol}//${to.host}, which is not https`)
  }
  return to
}

async function textOf(response: Response, url: URL): Promise<string | undefined> {
  if (response.status === 404) {
    await response.body?.cancel()
    return undefined
  }
  if (!response.ok) {
    await response.body?.cancel()
    throw failed(url, `it answered ${response.status}`)
  }
  if (/html/i.test(response.headers.get("content-type") ?? "")) {
    await response.body?.cancel()
    throw failed(url, "it answered with HTML, not JSON")
  }
  if (Number(response.headers.get("content-length") ?? 0) > MAX_BYTES) {
    await response.body?.cancel()
    throw tooLarge(url.href)
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > MAX_BYTES) throw tooLarge(url.href)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}

function unreachable(url: URL, error: unknown): CliError {
  if (error instanceof Error && error.name === "TimeoutError") {
    return failed(url, `it took longer than ${TIMEOUT_MS / 1000} s`)
  }
  // fetch says "fetch failed" and keeps the reason (ECONNREFUSED, ENOTFOUND, …) in its cause.
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return failed(
    url,
    reason instanceof Error ? reason.message || "the connection failed" : "the connection failed",
  )
}

function failed(url: URL, reason: string): CliError {
  return new CliError({
    code: "registry_unreachable",
    message: `The registry could not be read at ${url.href}: ${reason}.`,
    hint: "Nothing was written. Check the address and the connection; without --registry the bundled registry needs neither.",
  })
}
