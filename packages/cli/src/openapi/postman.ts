import { isObject } from "../project/files.ts"
import type { Authentication, Description } from "./description.ts"
import { type Observed, operationsFrom } from "./observed.ts"

type Node = Readonly<Record<string, unknown>>

/** A Postman collection: requests with answers that were saved as examples. https://schema.postman.com */
export function describePostman(document: Node): Description {
  const collection = isObject(document["collection"]) ? document["collection"] : document
  const variables = variablesOf(collection)
  const requests = requestsIn(collection["item"]).map((saved) => ({
    ...saved,
    address: addressOf(saved.request, variables),
  }))
  const info = isObject(collection["info"]) ? collection["info"] : {}
  const base = requests.find(({ address }) => address)?.address?.origin
  return {
    format: "Postman collection",
    title: typeof info["name"] === "string" ? info["name"] : "",
    version: "",
    baseUrl: base?.startsWith("https:") ? base : undefined,
    website: undefined,
    authentication: authenticationIn([collection, ...requests.map(({ request }) => request)]),
    operations: operationsFrom(
      requests.flatMap(({ address, ...saved }) => (address ? observed(saved, address) : [])),
    ),
  }
}

interface Saved {
  readonly request: Node
  readonly answers: readonly Node[]
}

function requestsIn(items: unknown): Saved[] {
  if (!Array.isArray(items)) return []
  return items.filter(isObject).flatMap((item) => {
    const { request, response } = item
    const own = isObject(request)
      ? [{ request, answers: Array.isArray(response) ? response.filter(isObject) : [] }]
      : []
    return [...own, ...requestsIn(item["item"])]
  })
}

function observed({ request, answers }: Saved, address: Address): Observed[] {
  const { body } = request
  const requestBody = isObject(body) ? parsed(body["raw"]) : undefined
  const good = answers.filter(({ code }) => Number(code ?? 200) < 300)
  const about = {
    method: String(request["method"] ?? "GET").toUpperCase(),
    path: address.path,
    query: address.query,
    requestBody,
    headers: [],
  }
  if (good.length === 0) return [{ ...about, status: 200, body: undefined }]
  return good.map((answer) => ({
    ...about,
    status: Number(answer["code"] ?? 200),
    body: parsed(answer["body"]),
  }))
}

function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" ? JSON.parse(text) : undefined
  } catch {
    return undefined
  }
}

/** What a collection says once and its requests name: `{{base_url}}`. */
function variablesOf({ variable }: Node): Map<string, string> {
  const told = Array.isArray(variable) ? variable.filter(isObject) : []
  return new Map(told.map(({ key, value }) => [String(key), String(value)]))
}

interface Address {
  readonly origin: string
  readonly path: string
  readonly query: readonly string[]
}

/** `{{base_url}}/v1/site/:id?page={{page}}` in its parts, with what varies in braces. */
function addressOf({ url }: Node, variables: ReadonlyMap<string, string>): Address | undefined {
  const raw = isObject(url) ? url["raw"] : url
  if (typeof raw !== "string") return undefined
  const filled = raw.replace(/\{\{([^{}]*)\}\}/g, (all, name: string) => variables.get(name) ?? all)
  const [, origin, path = "", query = ""] = /^(https?:\/\/[^/?#{}]+)([^?#]*)\??([^#]*)/.exec(filled) ?? []
  if (origin === undefined) return undefined
  const segments = path.split("/").map((segment) => {
    const [, name] = /^(?::|\{{1,2})([\w.-]+)\}{0,2}$/.exec(segment) ?? []
    return name === undefined ? segment : `{${name.replace(/\W+/g, "_")}}`
  })
  const names = query.split("&").map((pair) => pair.split("=")[0] ?? "")
  return {
    origin,
    path: segments.join("/").replace(/\/$/, ""),
    query: names.filter((name) => /^[\w.[\]-]+$/.test(name)),
  }
}

function authenticationIn(nodes: readonly Node[]): Authentication | undefined {
  for (const { auth } of nodes) {
    if (!isObject(auth)) continue
    if (auth["type"] === "bearer" || auth["type"] === "oauth2") return { kind: "bearer" }
    if (auth["type"] === "basic") return { kind: "basic" }
  }
  return undefined
}
