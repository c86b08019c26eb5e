import { scan } from "../../../../registry/contract/scan.ts"
import { kebab } from "../openapi/names.ts"
import { isObject } from "../project/files.ts"
import { fieldPath, stepsOf } from "./path.ts"
import type { Column, Field, Fields, List, Resource } from "./spec.ts"

type Item = Record<string, unknown>

/** Made-up items of a list, numbered from `first`: nobody's machine, address or secret. */
export function sampleItems(
  list: List,
  resource: Resource | undefined,
  first: number,
  count: number,
): Item[] {
  return Array.from({ length: count }, (_, index) => sampleItem(list, resource, first + index))
}

export function sampleItem(list: List, resource: Resource | undefined, number: number): Item {
  const item: Item = {}
  const columns = Object.entries(resource?.columns ?? {})
  const about = { noun: list.noun, resource, number }
  for (const [path, field] of Object.entries(list.fields)) {
    const role = columns.find(([, column]) => column.as !== "scope" && fieldPath(column.from) === path)
    put(item, path, sampleValue(path, field, role, about))
  }
  for (const [, { from }] of columns) addPrivate(item, from, list.fields, number)
  return item
}

/** `fake-secret-…` for what is secret; the document's own example where it holds nothing of anybody's. */
function sampleValue(
  path: string,
  field: Field,
  role: readonly [string, Column] | undefined,
  about: { noun: string; resource: Resource | undefined; number: number },
): unknown {
  const { noun, resource, number } = about
  const key = kebab(path.replace(/^.*\./, ""))
  const [column = "", { as = "as it is" } = {}] = role ?? []
  const words = field.words ?? []
  switch (field.is) {
    case "secret":
      return `fake-secret-${key}`
    case "number-id":
      return 1000 + number
    case "flag":
      return true
    case "integer":
    case "number":
      return sampleNumber(column, as, field, number)
    case "texts":
      if (/address/i.test(column)) return [`192.0.2.${number}`]
      return column === "nameServers" ? ["ns1.example.com", "ns2.example.com"] : [`${key}-1`]
    case "id":
      if (isHostColumn(resource, path)) return hostName(number)
      return isUuid(field.example) ? uuid(number) : `${kebab(noun)}-${number}`
  }
  if (as === "host name") return hostName(number)
  if (as === "name in zone") return ["www", "mail", "api"][number % 3]
  if (as === "ISO time") return `2026-01-${String((number % 27) + 1).padStart(2, "0")}T08:00:00Z`
  if (column === "primaryIpAddress" || column === "content") return `192.0.2.${number}`
  if (column === "recordType") return "A"
  if (column === "name") return `${resource?.table === "servers" ? "web" : kebab(noun)}-${number}`
  if (/url$/i.test(column)) return `https://${kebab(noun)}-${number}.example.com`
  if (column === "hostname" || column === "endpoint") return `${kebab(noun)}-${number}.example.com`
  if (words.length > 0) return words[(number - 1) % words.length]
  return usable(field.example) ? field.example : `${key}-1`
}

const NUMBERS: Readonly<Record<string, number>> = {
  cpuCores: 2,
  memoryMb: 2048,
  diskGb: 50,
  sizeGb: 40,
  storageGb: 40,
  port: 5432,
  ttl: 3600,
  priority: 10,
  nodeCount: 1,
}

function sampleNumber(column: string, as: Column["as"], { example }: Field, number: number): number {
  if (as === "seconds") return 1_767_254_400 + number * 60
  if (as === "milliseconds") return (1_767_254_400 + number * 60) * 1000
  if (as === "GB to MB") return 2
  if (as === "MB to GB") return 51_200
  const told = typeof example === "number" && Number.isInteger(example) && example > 0 ? example : undefined
  return NUMBERS[column] ?? told ?? number
}

function isHostColumn(resource: Resource | undefined, path: string): boolean {
  const name = resource?.columns["name"]
  return resource === undefined
    ? /(domain|zone)(_?name)?$/i.test(path)
    : name?.as === "host name" && name.from === path
}

const HOSTS = ["example.com", "example.org", "example.net"]

function hostName(number: number): string {
  return HOSTS[number - 1] ?? `site-${number}.example`
}

function isUuid(example: unknown): boolean {
  return typeof example === "string" && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(example)
}

function uuid(number: number): string {
  return `3f2a9c10-5b7e-4d21-8a06-${number.toString(16).padStart(12, "0")}`
}

function usable(example: unknown): example is string {
  return typeof example === "string" && /^[\w .:/-]{1,60}$/.test(example) && scan(example).length === 0
}

/** Puts a value where its path says, making what leads there. A list gets one element. */
export function put(item: Item, path: string, value: unknown): void {
  let at = item
  const steps = stepsOf(path)
  for (const [index, { key, take }] of steps.entries()) {
    if (index === steps.length - 1) {
      at[key] = take ? [value] : value
      return
    }
    if (take) {
      const list = Array.isArray(at[key]) ? at[key] : [{}]
      at[key] = list
      at = list[0]
    } else {
      const held = isObject(at[key]) ? at[key] : {}
      at[key] = held
      at = held
    }
  }
}

/** Where the public one of several is taken, there is a private one beside it. */
function addPrivate(item: Item, from: string, fields: Fields, number: number): void {
  const [, list] = /^(.*)\[type=public\]/.exec(from) ?? []
  if (list === undefined) return
  put(item, `${list}[].type`, "public")
  let at: unknown = item
  for (const key of list.split(".")) at = isObject(at) ? at[key] : undefined
  if (!Array.isArray(at) || at.length !== 1) return
  const other: Item = { ...at[0], type: "private" }
  for (const path of Object.keys(fields)) {
    if (path.startsWith(`${list}[].`) && path !== `${list}[].type`)
      put(other, path.slice(list.length + 3), `10.0.0.${number}`)
  }
  at.push(other)
}
