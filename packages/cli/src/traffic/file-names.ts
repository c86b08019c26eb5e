import type { Exchange } from "./exchange.ts"
import { listOf } from "./shorten.ts"

/** A segment that names one thing: a number, or what looks like a stand-in of the scrubber's. */
const ONE_THING = /\d{2,}|^\d|^0|\.|^(company|person|user|repository|host|site)-\d|[\da-f]{8}-[\da-f]{4}-/i

/** Where each recording goes: `<resource>/<scenario>.json`, in the order of the requests. */
export function fileNames(exchanges: readonly Exchange[]): Map<Exchange, string> {
  const pages = new Map<string, Exchange[]>()
  for (const exchange of exchanges) {
    const list = `${exchange.method} ${listOf(exchange.url)}`
    pages.set(list, [...(pages.get(list) ?? []), exchange])
  }
  const names = new Map<Exchange, string>()
  const taken = new Set<string>()
  for (const [, ofList] of pages) {
    const [first] = ofList
    if (!first) continue
    const folder = resourceIn(first.url)
    const scenarios = ofList.map((exchange, index) =>
      ofList.length > 1 ? `page-${index + 1}` : scenarioOf(exchange),
    )
    // Of another account, zone or site: the same resource once more.
    let prefix = ""
    for (let n = 2; scenarios.some((scenario) => taken.has(`${folder}/${prefix}${scenario}`)); n++)
      prefix = `${n}-`
    for (const [index, exchange] of ofList.entries()) {
      const name = `${folder}/${prefix}${scenarios[index]}`
      taken.add(name)
      names.set(exchange, `${name}.json`)
    }
  }
  return names
}

/** `dns-records` of `/v4/zones/{id}/dns_records/{id}`. */
export function resourceIn(url: string): string {
  const segments = new URL(url).pathname.split("/").filter(Boolean).map(decodeURIComponent)
  const named = segments.filter((segment) => !ONE_THING.test(segment) && !/^v\d/.test(segment))
  const word = named.at(-1) ?? "root"
  return word
    .replace(/([a-z\d])([A-Z])/g, "$1-$2")
    .replace(/[^A-Za-z\d]+/g, "-")
    .toLowerCase()
}

/** `GET /zones/{…}/dns_records`. */
export function requestLine({ method, url }: Exchange): string {
  const path = new URL(url).pathname.split("/").map((segment) => (ONE_THING.test(segment) ? "{…}" : segment))
  return `${method} ${path.join("/")}`
}

function scenarioOf({ method, url, body }: Exchange): string {
  if (method !== "GET") return method.toLowerCase()
  const isOne = ONE_THING.test(new URL(url).pathname.split("/").at(-1) ?? "")
  return !isOne && holdsList(body) ? "list" : "one"
}

function holdsList(body: unknown): boolean {
  if (Array.isArray(body)) return true
  return typeof body === "object" && body !== null && Object.values(body).some(Array.isArray)
}
