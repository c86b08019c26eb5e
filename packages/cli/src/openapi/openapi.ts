import { isObject } from "../project/files.ts"
import type { Authentication, Description, Operation, Parameter } from "./description.ts"
import { type Lookup, readShape, type Shape } from "./shape.ts"

type Node = Readonly<Record<string, unknown>>

const METHODS = ["get", "post", "put", "patch", "delete"] as const

/** OpenAPI 3.0 and 3.1, and Swagger 2.0. What they say differently is read where it stands. */
export function describeOpenApi(document: Node): Description {
  const lookup = lookupIn(document)
  const resolved = (value: unknown): Node => resolve(value, lookup)
  const info = resolved(document["info"])
  const version = textOf(document["openapi"]) ?? textOf(document["swagger"]) ?? ""
  const paths = resolved(document["paths"])
  const operations = Object.entries(paths).flatMap(([path, item]) => {
    const shared = resolved(item)
    return METHODS.flatMap((method) =>
      isObject(shared[method]) ? [readOperation(method, path, shared, shared[method], lookup)] : [],
    )
  })
  return {
    format: `${document["swagger"] === undefined ? "OpenAPI" : "Swagger"} ${version.replace(/^(\d+\.\d+).*/, "$1")}`,
    title: textOf(info["title"]) ?? "",
    version: textOf(info["version"]) ?? "",
    baseUrl: baseUrlOf(document),
    website: websiteOf(document, info),
    authentication: authenticationIn(document, resolved),
    operations,
  }
}

/** References within the document; what lies in other files is not there to be read. */
function lookupIn(document: Node): Lookup {
  return (reference) => {
    if (!reference.startsWith("#/")) return undefined
    const keys = reference
      .slice(2)
      .split("/")
      .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"))
    return keys.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), document)
  }
}

function resolve(value: unknown, lookup: Lookup): Node {
  let at = value
  for (let depth = 0; depth < 20; depth++) {
    if (!isObject(at)) return {}
    const reference = at["$ref"]
    if (typeof reference !== "string") return at
    at = lookup(reference)
  }
  return {}
}

function readOperation(method: string, path: string, shared: Node, node: Node, lookup: Lookup): Operation {
  const given = [shared["parameters"], node["parameters"]]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((parameter) => resolve(parameter, lookup))
  const [status, answer] = successOf(resolve(node["responses"], lookup), lookup)
  const headers = Object.keys(resolve(answer["headers"], lookup))
  return {
    method: method.toUpperCase(),
    path: path.replace(/[?#].*$/, ""),
    id: textOf(node["operationId"]) ?? "",
    tags: Array.isArray(node["tags"]) ? node["tags"].filter((tag) => typeof tag === "string") : [],
    summary: textOf(node["summary"]) ?? textOf(node["description"]) ?? "",
    parameters: given.flatMap((parameter) => readParameter(parameter, lookup)),
    body: bodyOf(given, resolve(node["requestBody"], lookup), lookup),
    answer: contentOf(answer, lookup, "all"),
    status,
    headers: headers.map((name) => name.toLowerCase()),
  }
}

function readParameter(node: Node, lookup: Lookup): Parameter[] {
  const { name, in: place } = node
  if (typeof name !== "string" || (place !== "path" && place !== "query" && place !== "header")) return []
  // Swagger 2 has the schema's words beside the name.
  const shape = readShape({ ...node, ...resolve(node["schema"], lookup) }, lookup)
  return [{ name, in: place, required: place === "path" || node["required"] === true, shape }]
}

function successOf(responses: Node, lookup: Lookup): [number, Node] {
  const codes = Object.keys(responses).filter((code) => /^2(\d\d|XX)$/i.test(code))
  const [code = "default"] = codes.sort()
  const status = /^\d+$/.test(code) ? Number(code) : 200
  return [status, resolve(responses[code], lookup)]
}

function contentOf(node: Node, lookup: Lookup, alternatives: "all" | "first"): Shape | undefined {
  if (node["schema"] !== undefined) return readShape(node["schema"], lookup, alternatives)
  const content = resolve(node["content"], lookup)
  const type = Object.keys(content).find((name) => /json/i.test(name)) ?? Object.keys(content)[0]
  if (type === undefined) return undefined
  const { schema } = resolve(content[type], lookup)
  return schema === undefined ? undefined : readShape(schema, lookup, alternatives)
}

function bodyOf(parameters: readonly Node[], body: Node, lookup: Lookup): Shape | undefined {
  const inBody = parameters.find((parameter) => parameter["in"] === "body")
  return contentOf(inBody ?? body, lookup, "first")
}

function baseUrlOf(document: Node): string | undefined {
  const { servers, host, basePath, schemes } = document
  if (typeof host === "string") {
    const scheme = Array.isArray(schemes) && !schemes.includes("https") ? String(schemes[0]) : "https"
    return usable(`${scheme}://${host}${textOf(basePath) ?? ""}`)
  }
  const [server] = Array.isArray(servers) ? servers.filter(isObject) : []
  const variables = isObject(server?.["variables"]) ? server["variables"] : {}
  const url = (textOf(server?.["url"]) ?? "").replace(/\{([^}]+)\}/g, (all, name: string) => {
    const variable = variables[name]
    return isObject(variable) ? (textOf(variable["default"]) ?? all) : all
  })
  return usable(url)
}

function usable(url: string): string | undefined {
  if (!URL.canParse(url) || !url.startsWith("https://") || /[{}]/.test(url)) return undefined
  const { origin, pathname } = new URL(url)
  return (origin + pathname).replace(/\/+$/, "")
}

function websiteOf(document: Node, info: Node): string | undefined {
  const { externalDocs } = document
  const { contact, termsOfService } = info
  const urls = [
    isObject(contact) ? contact["url"] : undefined,
    isObject(externalDocs) ? externalDocs["url"] : undefined,
    termsOfService,
  ]
  const url = urls.find((one) => typeof one === "string" && /^https:\/\//.test(one) && URL.canParse(one))
  return typeof url === "string" ? new URL(url).origin : undefined
}

function authenticationIn(document: Node, resolved: (value: unknown) => Node): Authentication | undefined {
  const schemes = {
    ...resolved(document["securityDefinitions"]),
    ...resolved(resolved(document["components"])["securitySchemes"]),
  }
  const offered = Object.values(schemes).flatMap((scheme) => readScheme(resolved(scheme)))
  for (const kind of ["bearer", "header", "basic"] as const) {
    const found = offered.find((one) => one.kind === kind)
    if (found) return found
  }
  return undefined
}

function readScheme({ type, scheme, in: place, name }: Node): Authentication[] {
  const word = textOf(scheme)?.toLowerCase()
  if (type === "oauth2" || type === "openIdConnect" || (type === "http" && word === "bearer")) {
    return [{ kind: "bearer" }]
  }
  if (type === "basic" || (type === "http" && word === "basic")) return [{ kind: "basic" }]
  return type === "apiKey" && place === "header" && typeof name === "string" ? [{ kind: "header", name }] : []
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined
}
