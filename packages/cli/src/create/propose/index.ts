import { judgeName } from "../../../../../registry/core/secret-names.ts"
import { type ResourceTableName, resourceTables } from "../../../../../registry/schema/index.ts"
import type { Description } from "../../openapi/description.ts"
import { camel } from "../../openapi/names.ts"
import type { DockSpec, Field, List, Resource } from "../spec.ts"
import { findAccount } from "./account.ts"
import { proposeColumns } from "./columns.ts"
import type { Leaf } from "./leaves.ts"
import { fixedSegments, type ListOperation, listsIn, singularWords } from "./lists.ts"
import { proposeMaking } from "./making.ts"
import { findStatus, proposeStatus, statusField } from "./statuses.ts"
import { type Candidate, candidatesIn } from "./tables.ts"
import { type Place, placed } from "./within.ts"

export interface Proposal {
  /** By table, the best first. */
  readonly candidates: ReadonlyMap<ResourceTableName, readonly Candidate[]>
  /** The dock with these lists in its tables. */
  specFor(about: About, chosen: readonly Candidate[]): DockSpec
}

export interface About {
  readonly provider: string
  readonly title: string
  readonly website: string
  readonly source: DockSpec["source"]
}

/** What can be made of a description. Nothing is settled yet: a person says which lists to take. */
export function propose(description: Description): Proposal {
  const lists = listsIn(description)
  return {
    candidates: candidatesIn(lists),
    specFor(about, chosen) {
      const places = new Map<string, Place>()
      const inOrder = Object.keys(resourceTables).flatMap((table) =>
        chosen.filter((one) => one.table === table),
      )
      const resources = inOrder.map(({ table, list }) => {
        const { resource, places: needed } = resourceFor(description, lists, table, list)
        for (const place of needed) places.set(place.name, place)
        return about.source === "nothing" ? assumed(resource) : resource
      })
      return {
        ...about,
        baseUrl: description.baseUrl
          ? { url: description.baseUrl }
          : {
              url: `https://api.${about.provider}.example`,
              decide:
                about.source === "nothing"
                  ? "where is the API?"
                  : "the document names no host. Where is the API?",
            },
        version: versionOf(description),
        authentication: authenticationOf(description),
        places: [...places.values()],
        limits: {
          requests: 60,
          seconds: 60,
          documentedAt: about.website,
          decide: "how many requests are allowed, and on which page is that said?",
        },
        ...(accountFor(description) ?? {}),
        resources: withNouns(resources),
      }
    },
  }
}

/** Two lists of the same noun are told apart by what stands before it in their paths. */
function withNouns(resources: readonly Resource[]): Resource[] {
  const pathOf = new Map<string, string>()
  const nounFor = ({ noun, path }: List): string => {
    const before = fixedSegments(path).slice(0, -1).reverse().map(singularWords)
    const names = [noun, ...before.map((word) => `${word} ${noun}`), `other ${noun}`]
    const name = names.find((one) => (pathOf.get(camel(one)) ?? path) === path) ?? `${noun} at ${path}`
    pathOf.set(camel(name), path)
    return name
  }
  const renamed = (list: List): List => ({
    ...list,
    noun: nounFor(list),
    ...(list.within ? { within: { ...list.within, of: renamed(list.within.of) } } : {}),
  })
  return resources.map((resource) => ({ ...resource, list: renamed(resource.list) }))
}

/** Of what nothing is known, all is assumed. */
function assumed(resource: Resource): Resource {
  const decide = "which path lists them, how does it go on, and what do its items hold? All of it is assumed."
  return { ...resource, list: { ...resource.list, decide } }
}

function accountFor(description: Description): Pick<DockSpec, "account"> | undefined {
  const account = findAccount(description)
  return account ? { account } : undefined
}

function authenticationOf({ authentication }: Description): DockSpec["authentication"] {
  if (!authentication) {
    return { kind: "bearer", decide: "the document does not say how a request proves who sends it." }
  }
  return authentication.kind === "header"
    ? { kind: "header", header: authentication.name }
    : { kind: authentication.kind }
}

function versionOf({ baseUrl, version, operations }: Description): string {
  const inPath = /\/(v\d[\w.]*)/.exec(`${baseUrl ?? ""}${operations[0]?.path ?? ""}`)
  return inPath?.[1] ?? (version || "1")
}

function resourceFor(
  description: Description,
  lists: readonly ListOperation[],
  table: ResourceTableName,
  found: ListOperation,
): { resource: Resource; places: readonly Place[] } {
  const { leaves, noun } = found
  const mapping = proposeColumns(table, noun, leaves)
  if (!mapping) throw new TypeError(`${found.operation.path} has no id.`)
  const leaf = findStatus(leaves)
  const status = proposeStatus(table, leaf)
  const secrets = secretsAmong(leaves, Object.keys(mapping.fields))
  const fields: Record<string, Field> = {
    ...mapping.fields,
    ...(leaf ? { [leaf.path]: statusField(status) } : {}),
    ...Object.fromEntries(secrets.slice(0, 2).map(({ path }) => [path, { is: "secret" as const }])),
  }
  const { list, places } = placed(found, lists, fields)
  const idPath = mapping.columns["providerResourceId"]?.from ?? ""
  const making = proposeMaking(description, found, list, table, idPath)
  const redact = secrets
    .map(({ path }) => path.replace(/^.*\./, ""))
    .filter((key) => judgeName(key) === "open")
  return {
    resource: {
      table,
      list,
      columns: { ...named(mapping.columns, list), ...parentColumn(table, list) },
      status,
      redact: [...new Set(redact)],
      ...(making ? { making } : {}),
    },
    places,
  }
}

/** A name is told within its zone only where a list tells the zone. */
function named(columns: Resource["columns"], { within }: List): Resource["columns"] {
  const { name } = columns
  return name?.as === "name in zone" && !within ? { ...columns, name: { ...name, as: "host name" } } : columns
}

/** What the row hangs on is told by the list it came from. */
function parentColumn(table: ResourceTableName, { within }: Resource["list"]): Resource["columns"] {
  if (!within) return {}
  const own: readonly string[] = Object.keys(resourceTables[table].own)
  const column = PARENTS.find(([noun, name]) => noun.test(within.of.noun) && own.includes(name))?.[1]
  return column ? { [column]: { from: within.parameter, as: "scope" } } : {}
}

const PARENTS: readonly (readonly [RegExp, string])[] = [
  [/(domain|zone)$/, "domainProviderId"],
  [/(database|database cluster|database instance)$/, "databaseProviderId"],
  [/(server|instance|droplet|linode|machine)$/, "serverProviderId"],
  [/(app|application|site|service|project)$/, "webServiceProviderId"],
]

/** Fields whose values are secret by their name, or by what is said of them. */
function secretsAmong(leaves: readonly Leaf[], used: readonly string[]): Leaf[] {
  return leaves.filter(({ path, kind, shape }) => {
    if (kind !== "text" || used.includes(path) || path.includes("[]")) return false
    const key = path.replace(/^.*\./, "")
    if (/(_id|Id|_name|Name|_at|_type|Type|_url)$/.test(key) && judgeName(key) === "open") return false
    return (
      judgeName(key) !== "open" ||
      shape.format === "password" ||
      /\b(password|private key|secret key|api key|access token|connection string|credentials?)\b/i.test(
        shape.description,
      )
    )
  })
}
