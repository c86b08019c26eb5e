import { readFileSync } from "node:fs"
import { parse } from "yaml"
import { z } from "zod"

/** `GET /v1/things/{id}` for each operation of a specification: Postman collection, OpenAPI 3 or Swagger 2. */
export function operationsIn(file: string): string[] {
  const text = readFileSync(file, "utf8")
  return Specification.parse(/\.ya?ml$/.test(file) ? parse(text) : JSON.parse(text))
}

const METHODS: ReadonlySet<string> = new Set(["get", "put", "post", "delete", "patch", "head"])

const Described = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  /** OpenAPI 3. */
  servers: z.array(z.looseObject({ url: z.string() })).optional(),
  /** Swagger 2. */
  basePath: z.string().optional(),
})

function describedOperations({ paths, servers, basePath }: z.output<typeof Described>): string[] {
  const bases = servers?.map(({ url }) => pathOf(url)) ?? [basePath ?? ""]
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((method) => METHODS.has(method))
      .flatMap((method) => bases.map((base) => `${method.toUpperCase()} ${base.replace(/\/$/, "")}${path}`)),
  )
}

/** Folders within folders, with requests at the ends. */
interface CollectionItem {
  item?: CollectionItem[] | undefined
  request?: { method: string; url: string | { raw: string } } | undefined
}
const Item: z.ZodType<CollectionItem> = z.lazy(() =>
  z.looseObject({
    item: z.array(Item).optional(),
    request: z
      .looseObject({ method: z.string(), url: z.union([z.string(), z.looseObject({ raw: z.string() })]) })
      .optional(),
  }),
)
const Collection = z.looseObject({ item: z.array(Item) })

function collectedOperations(items: readonly CollectionItem[]): string[] {
  return items.flatMap(({ item = [], request }) => {
    const url = typeof request?.url === "object" ? request.url.raw : request?.url
    const own = request && url !== undefined ? [`${request.method} ${pathOf(url)}`] : []
    return [...own, ...collectedOperations(item)]
  })
}

const Specification = z.union([
  Described.transform(describedOperations),
  Collection.transform(({ item }) => collectedOperations(item)),
  z
    .looseObject({ collection: Collection })
    .transform(({ collection }) => collectedOperations(collection.item)),
])

/** Without the host, which may be a variable, and without the query. */
function pathOf(url: string): string {
  return url.replace(/^(\{\{[^}]*\}\}|https?:\/\/[^/]*)/, "").replace(/\?.*$/, "")
}
