import { camel, kebab, pascal, placeName, plural } from "../../openapi/names.ts"
import { keyCode } from "../path.ts"
import type { DockSpec, List, Resource } from "../spec.ts"

/** What things are called in the source of one dock. */
export interface Naming {
  /** `DigitalOcean`, before the names of its types and its client. */
  readonly prefix: string
  readonly client: string
  /** The export of `index.ts`: `digitalocean`. */
  readonly dock: string
}

export function namingFor({ provider, title }: DockSpec): Naming {
  const joined = title.replace(/[^A-Za-z\d]+/g, "")
  const prefix = /^[A-Z][A-Za-z\d]*$/.test(joined) ? joined : pascal(provider)
  return { prefix, client: `${prefix}Api`, dock: camel(provider) }
}

/** `DigitalOceanDroplet`. A noun that begins with the provider's name does not say it twice. */
export function typeName({ prefix }: Naming, noun: string): string {
  const name = pascal(noun)
  return name.startsWith(prefix) && name !== prefix ? name : prefix + name
}

export function listMethod({ noun }: List): string {
  return camel(`list ${plural(noun)}`)
}

/** For a variable that holds one: `droplet`. Words of the language are avoided. */
export function variable(noun: string): string {
  const name = camel(noun)
  return RESERVED.has(name) ? `one${pascal(noun)}` : name
}

const RESERVED = new Set([
  "function",
  "package",
  "interface",
  "default",
  "new",
  "delete",
  "class",
  "status",
  "export",
  "import",
])

/** Where a parameter of a path comes from: the credential, or the scope that is listed. */
export interface Binding {
  readonly parameter: string
  readonly from: "place" | "scope"
  readonly name: string
}

/** The parameters of a list's path, in their order. */
export function bindingsOf(list: List): Binding[] {
  const parameters = [...list.path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name)
  const outer = list.within ? bindingsOf(list.within.of) : []
  return parameters.map((parameter, index): Binding => {
    const isLast = list.within !== undefined && index === parameters.length - 1
    if (isLast) return { parameter, from: "scope", name: scopeKey(list) }
    const before = outer[index]
    return before
      ? { ...before, parameter }
      : { parameter, from: "place", name: placeName(list.path, parameter) }
  })
}

/** What the scope of a list keeps: `domainName`. */
export function scopeKey({ path, within }: List): string {
  return placeName(path, within?.parameter ?? "id")
}

/** What a scope is called in rows: `domain/example.com`. */
export function scopeWord({ within }: List): string {
  return kebab(within?.of.noun ?? "account")
}

export function scopesFunction({ within }: List): string {
  return camel(`${within?.of.noun ?? "account"} scopes`)
}

export function scopeData({ within }: List): string {
  return pascal(`${within?.of.noun ?? "account"} scope data`)
}

/** Every list of the dock once: those of the tables, and those that tell where to look. */
export function allLists({ resources }: DockSpec): { list: List; resource: Resource | undefined }[] {
  const found = new Map<string, { list: List; resource: Resource | undefined }>()
  const visit = (list: List, resource: Resource | undefined) => {
    const known = found.get(list.path)
    if (!known || (resource && !known.resource)) found.set(list.path, { list, resource })
  }
  for (const resource of resources) visit(resource.list, resource)
  for (const { list } of resources)
    for (let one = list.within?.of; one; one = one.within?.of) visit(one, undefined)
  return [...found.values()]
}

/** The kind that a table's things are made as: `server`, `dnsRecord`. */
export function kindOf({ table }: Resource): string {
  return camel(table.replace(/ies$/, "y").replace(/([^s])s$/, "$1"))
}

/** Parts of a query that the credential tells, as entries of an object. */
export function placesIn(query: readonly string[] = []): string[] {
  return query.map((name) => `${keyCode(name)}: this.#place.${camel(name)}`)
}
