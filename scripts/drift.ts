import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { z } from "zod"
import { loadRecordings } from "../registry/contract/node/load.ts"

/** A request that the specification does not have, or an allowance that is not needed. */
export interface Drift {
  readonly provider: string
  readonly what: string
}

/** `drift-allowed.json` beside a dock: what may differ from the specification, and why. */
const Allowed = z.array(z.strictObject({ request: z.string().min(1), reason: z.string().min(1) }))

/** Compares what was recorded with what the provider specifies, where a specification lies in `specs`. */
export function findDrift(docks: string, specs: string): Drift[] {
  return readdirSync(docks, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: provider }) => {
      const specification = join(specs, `${provider}.postman_collection.json`)
      return existsSync(specification) ? driftOf(provider, join(docks, provider), specification) : []
    })
}

function driftOf(provider: string, dock: string, specification: string): Drift[] {
  const specified = operationsOf(readJson(specification)).map(pattern)
  const requests = loadRecordings(join(dock, "recordings")).map(({ request }) => {
    return `${request.method} ${new URL(request.url).pathname}`
  })
  const unknown = [...new Set(requests)].filter((request) => !specified.some((known) => known.test(request)))

  const file = join(dock, "drift-allowed.json")
  const allowed = existsSync(file) ? Allowed.parse(readJson(file)) : []
  const isAllowed = (request: string) => allowed.some((entry) => entry.request === request)
  return [
    ...unknown
      .filter((request) => !isAllowed(request))
      .map((request) => ({ provider, what: `${request} is not in the specification` })),
    ...allowed
      .filter((entry) => !unknown.includes(entry.request))
      .map((entry) => ({ provider, what: `${entry.request} is allowed to drift, and does not` })),
  ]
}

/** Folders within folders, with requests at the ends. */
const Item: z.ZodType<CollectionItem> = z.lazy(() =>
  z.looseObject({
    item: z.array(Item).optional(),
    request: z
      .looseObject({ method: z.string(), url: z.union([z.string(), z.looseObject({ raw: z.string() })]) })
      .optional(),
  }),
)
interface CollectionItem {
  item?: CollectionItem[] | undefined
  request?: { method: string; url: string | { raw: string } } | undefined
}
const Collection = z.union([
  z.looseObject({ item: z.array(Item) }),
  z
    .looseObject({ collection: z.looseObject({ item: z.array(Item) }) })
    .transform(({ collection }) => collection),
])

/** `GET {{host}}/oauth/api/v1/site/{site.id}` for each request of a Postman collection. */
function operationsOf(collection: unknown): string[] {
  const collect = ({ item = [], request }: CollectionItem): string[] => {
    const url = typeof request?.url === "object" ? request.url.raw : request?.url
    return [...(request && url !== undefined ? [`${request.method} ${url}`] : []), ...item.flatMap(collect)]
  }
  return Collection.parse(collection).item.flatMap(collect)
}

/** A variable in the path stands for one segment; the host's variable and the query do not matter. */
function pattern(operation: string): RegExp {
  const [method = "", url = ""] = operation.split(" ")
  const path = url.replace(/^(\{\{[^}]*\}\}|https?:\/\/[^/]*)/, "").replace(/\?.*$/, "")
  const segments = path.replace(/\/$/, "").split("/")
  const source = segments.map((segment) =>
    /^[{:]/.test(segment) ? "[^/]+" : segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  )
  return new RegExp(`^${method} ${source.join("/")}/?$`)
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"))
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const specs = join(import.meta.dirname, "../../shared/specs")
  if (!existsSync(specs)) {
    console.error("No specifications beside the repository: drift was not looked for.")
  } else {
    const drift = findDrift(join(import.meta.dirname, "../registry/docks"), specs)
    for (const { provider, what } of drift) console.error(`${provider}: ${what}`)
    console.error(drift.length === 0 ? "Recorded requests are as specified." : `${drift.length} found.`)
    process.exitCode = drift.length === 0 ? 0 : 1
  }
}
