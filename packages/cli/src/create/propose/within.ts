import { camel, placeName, sentence } from "../../openapi/names.ts"
import type { Field, List } from "../spec.ts"
import { identityRules } from "./column-rules.ts"
import type { ListOperation } from "./lists.ts"
import { proposePaging } from "./paging.ts"

export interface Place {
  readonly name: string
  readonly title: string
}

const DEEPEST = 2

/**
 * The list as it is written down, with those that tell the parameters in its path. Parameters that no list tells are
 * `places`: a person has to say them.
 */
export function placed(
  found: ListOperation,
  lists: readonly ListOperation[],
  fields: Readonly<Record<string, Field>>,
): { list: List; places: Place[] } {
  const { operation, items, item, noun } = found
  const { paging, decide } = proposePaging(found)
  const parameters = parametersIn(operation.path)
  const query = operation.parameters
    .filter((one) => one.in === "query" && one.required)
    .map(({ name }) => name)
  const asked = query.filter((name) => !Object.values(paging).some((value) => value === name))
  const settled: List = {
    path: operation.path,
    items,
    ...(item ? { item } : {}),
    noun,
    paging,
    fields,
    ...(asked.length > 0 ? { query: asked } : {}),
    ...(decide ? { decide } : {}),
  }
  const last = parameters.at(-1)
  const parent = last === undefined ? undefined : parentOf(operation.path, last, lists)
  const asks = asked.map((name) => placeOf(operation.path, name))
  const places = [...parameters.map((name) => placeOf(operation.path, name)), ...asks]
  if (last === undefined || !parent || parameters.length > DEEPEST + 1) return { list: settled, places }
  const identity = identityOf(parent, last)
  if (!identity) return { list: settled, places }
  const outer = placed(parent, lists, identity.fields)
  return {
    list: {
      ...settled,
      within: {
        parameter: last,
        id: identity.id,
        ...(identity.name ? { name: identity.name } : {}),
        of: outer.list,
      },
    },
    places: [...outer.places, ...asks],
  }
}

export function parametersIn(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name)
}

/** A parameter called `id` says nothing: it is the id of what stands before it. */
function placeOf(path: string, parameter: string): Place {
  const name = placeName(path, parameter)
  return { name, title: sentence(name) }
}

/** `/v2/domains` tells the name in `/v2/domains/{domain_name}/records`. */
function parentOf(
  path: string,
  parameter: string,
  lists: readonly ListOperation[],
): ListOperation | undefined {
  const before = path.slice(0, path.indexOf(`{${parameter}}`)).replace(/\/$/, "")
  const shape = (one: string) => one.replace(/\{[^}]*\}/g, "{}")
  return lists.find(({ operation }) => shape(operation.path) === shape(before))
}

interface Identity {
  readonly id: string
  readonly name: string | undefined
  readonly fields: Record<string, Field>
}

/** What of an item goes into the path: a field of the parameter's name, else its id. */
function identityOf({ leaves, noun }: ListOperation, parameter: string): Identity | undefined {
  const rules = identityRules(noun, "servers")
  const wanted = camel(parameter)
  const isName = /(name|slug|domain)$/i.test(wanted) && !/id/i.test(wanted)
  const candidates = [
    ...leaves.filter(({ path, plain }) => path === parameter || camel(plain) === wanted),
    ...(isName
      ? leaves.filter(({ plain }) => (/slug$/.test(parameter) ? plain === "slug" : plain === "name"))
      : []),
    ...(rules["providerResourceId"]?.patterns ?? []).flatMap((pattern) =>
      leaves.filter(({ plain }) => pattern.test(plain)),
    ),
  ]
  const found = candidates.find(({ kind }) => kind === "text" || kind === "integer")
  if (!found) return undefined
  const name = (rules["name"]?.patterns ?? [])
    .flatMap((pattern) => leaves.filter(({ plain, kind }) => kind === "text" && pattern.test(plain)))
    .find(({ path }) => !path.includes("[]"))
  const fields: Record<string, Field> = {
    [found.path]: { is: found.kind === "integer" ? "number-id" : "id" },
  }
  if (name && name.path !== found.path) fields[name.path] = { is: "text" }
  return { id: found.path, name: name && name.path !== found.path ? name.path : undefined, fields }
}
