import { isObject } from "../project/files.ts"
import type { Description, Operation, Parameter } from "./description.ts"
import { type Lookup, readShape } from "./shape.ts"

type Node = Readonly<Record<string, unknown>>

/** Google's own format: https://developers.google.com/discovery/v1/reference/apis */
export function describeDiscovery(document: Node): Description {
  const schemas = isObject(document["schemas"]) ? document["schemas"] : {}
  const lookup: Lookup = (reference) => schemas[reference]
  const { title, name, version, rootUrl, servicePath, documentationLink } = document
  const base = `${String(rootUrl)}${String(servicePath ?? "")}`
  return {
    format: "Google discovery document",
    title: String(title ?? name),
    version: String(version ?? ""),
    baseUrl: URL.canParse(base) ? base.replace(/\/+$/, "") : undefined,
    website:
      typeof documentationLink === "string" && URL.canParse(documentationLink)
        ? new URL(documentationLink).origin
        : "https://cloud.google.com",
    authentication: { kind: "bearer" },
    operations: methodsIn(document).map((method) => readMethod(method, lookup)),
  }
}

function methodsIn({ methods, resources }: Node): Node[] {
  const own = isObject(methods) ? Object.values(methods).filter(isObject) : []
  const inner = isObject(resources) ? Object.values(resources).filter(isObject) : []
  return [...own, ...inner.flatMap(methodsIn)]
}

function readMethod(node: Node, lookup: Lookup): Operation {
  const { id, httpMethod, path, flatPath, request, response, description } = node
  // The flat path has a name for each segment; in the other, one name may stand for several.
  const template = String(flatPath ?? path).replace(/\{\+?([^}]+)\}/g, "{$1}")
  const told = isObject(node["parameters"]) ? Object.entries(node["parameters"]) : []
  const query = told.flatMap(([name, parameter]): Parameter[] => {
    if (!isObject(parameter) || parameter["location"] !== "query") return []
    const { required, ...schema } = parameter
    return [{ name, in: "query", required: required === true, shape: readShape(schema, lookup) }]
  })
  const inPath = [...template.matchAll(/\{([^}]+)\}/g)].map(
    ([, name = ""]): Parameter => ({ name, in: "path", required: true, shape: readShape({}, lookup) }),
  )
  return {
    method: String(httpMethod),
    path: `/${template}`.replace(/^\/+/, "/"),
    id: String(id),
    tags: [],
    summary: String(description ?? ""),
    parameters: [...inPath, ...query],
    body: isObject(request) ? readShape(request, lookup) : undefined,
    answer: isObject(response) ? readShape(response, lookup) : undefined,
    status: 200,
    headers: [],
  }
}
