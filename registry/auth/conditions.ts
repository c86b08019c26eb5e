import type { CleanedWhere } from "better-auth/adapters"
import { joined, raw, type Sql, sql, type Value } from "../stores/sql/sql.ts"

/** `expiresAt` is `expires_at`. Names come from better-auth's own schema; anything else is no name. */
export function columnOf(field: string): Sql {
  if (!/^[a-zA-Z]+$/.test(field))
    throw new Error("A field of better-auth has a name that no column can have.")
  return raw(field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
}

/** ` where …`, or nothing. Conditions joined by OR are one among the others, which all have to hold. */
export function whereOf(conditions: readonly CleanedWhere[] = []): Sql {
  const all = conditions.filter(({ connector }) => connector !== "OR").map(conditionOf)
  const any = conditions.filter(({ connector }) => connector === "OR").map(conditionOf)
  if (any.length > 0) all.push(sql`(${joined(any, " or ")})`)
  return all.length > 0 ? sql` where ${joined(all, " and ")}` : raw("")
}

const comparisons: Readonly<Record<string, string>> = {
  eq: "=",
  ne: "<>",
  lt: "<",
  lte: "<=",
  gt: ">",
  gte: ">=",
}

function conditionOf({ field, operator = "eq", value, mode }: CleanedWhere): Sql {
  const isLoose = mode === "insensitive" && typeof value === "string"
  const column = isLoose ? sql`lower(${columnOf(field)})` : columnOf(field)
  const given = isLoose ? value.toLowerCase() : value
  if (operator === "in" || operator === "not_in") {
    const values = (Array.isArray(given) ? given : [given]).map((one) => sql`${asValue(one)}`)
    if (values.length === 0) return raw(operator === "in" ? "1 = 0" : "1 = 1")
    return sql`${column} ${raw(operator === "in" ? "in" : "not in")} (${joined(values, ", ")})`
  }
  if (given === null) return sql`${column} is ${raw(operator === "ne" ? "not null" : "null")}`
  const comparison = comparisons[operator]
  if (comparison) return sql`${column} ${raw(comparison)} ${asValue(given)}`
  const part = String(given).replace(/[\\%_]/g, "\\$&")
  const pattern =
    operator === "starts_with" ? `${part}%` : operator === "ends_with" ? `%${part}` : `%${part}%`
  return sql`${column} like ${pattern} escape '\\'`
}

/** What the driver binds. better-auth has made texts of dates and numbers of booleans by then. */
export function asValue(value: unknown): Value {
  if (value === null || value === undefined) return null
  if (typeof value === "string" || typeof value === "number") return value
  if (typeof value === "boolean") return Number(value)
  if (value instanceof Date) return value.toISOString()
  throw new Error("better-auth keeps something that no column can hold.")
}

/** The same for rows that are in memory; all conditions have to hold. */
export function matches(
  row: Readonly<Record<string, unknown>>,
  conditions: readonly CleanedWhere[] = [],
): boolean {
  return conditions.every(({ field, operator, value, connector }) => {
    if (connector === "OR" && conditions.length > 1)
      throw new Error("Organisations are not searched by either one or another.")
    const own = row[field] ?? null
    if (operator === "eq") return own === value
    if (operator === "ne") return own !== value
    if (operator === "in") return Array.isArray(value) && value.some((one) => one === own)
    throw new Error(`Organisations are not searched by "${operator}".`)
  })
}
