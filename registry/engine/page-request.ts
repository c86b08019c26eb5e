import { isResourceTable, type ResourceTableName } from "../schema/index.ts"
import { StackdockError } from "./errors.ts"
import type { RowQuery } from "./read-ports.ts"
import type { PageFilter, PageRequest } from "./reading.ts"
import { columnKinds } from "./row-query.ts"

const STANDARD_PAGE = 100
const LARGEST_PAGE = 500

/** Columns that nobody looks for or sorts by. */
const ofTheEngine = new Set(["id", "orgId", "fullApiData", "contentHash"])

/** What was asked for, with everything said that was left out. A store takes its columns as they are, so they are checked here. */
export function rowQuery(orgId: string, request: PageRequest): RowQuery {
  const { table, filter = {}, sort = { column: "name" }, offset = 0, limit } = request
  checkTable(table)
  checkFilter(table, filter)
  checkColumn(table, sort.column, (kind) => kind !== "json" && kind !== "key", "sorted by")
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new StackdockError("invalid_input", "`offset` is a whole number from 0.", "Begin with 0.")
  }
  return {
    orgId,
    filter,
    sort: { column: sort.column, descending: sort.descending ?? false },
    offset,
    limit: limitOf(limit, STANDARD_PAGE, LARGEST_PAGE),
  }
}

export function checkTable(table: string): asserts table is ResourceTableName {
  if (isResourceTable(table)) return
  throw new StackdockError("unknown_table", `There is no table "${table}".`, "See docs/schema.md.")
}

/** How many, between 1 and the largest number that is given at once. */
export function limitOf(asked: number | undefined, standard: number, largest: number): number {
  if (asked === undefined) return standard
  if (Number.isSafeInteger(asked) && asked >= 1) return Math.min(asked, largest)
  throw new StackdockError("invalid_input", "`limit` is a whole number from 1.", `Give ${standard}.`)
}

/** As rows hold it: in UTC, with milliseconds, so that it compares as text. */
export function instantOf(asked: string | undefined, name: string): string | undefined {
  if (asked === undefined) return undefined
  const ms = Date.parse(asked)
  if (!Number.isNaN(ms)) return new Date(ms).toISOString()
  throw new StackdockError(
    "invalid_input",
    `\`${name}\` is no instant.`,
    "Give one as ISO 8601: 2026-03-01T12:00:00Z.",
  )
}

function checkFilter(table: ResourceTableName, { where = {}, environments = [] }: PageFilter): void {
  const isText = (kind: string) => kind === "text" || kind === "enum" || kind === "instant"
  for (const column of Object.keys(where)) checkColumn(table, column, isText, "filtered by")
  if (environments.length > 0) checkColumn(table, "environment", isText, "filtered by")
}

function checkColumn(
  table: ResourceTableName,
  column: string,
  isFit: (kind: string) => boolean,
  use: string,
): void {
  const kinds = columnKinds(table)
  const kind = ofTheEngine.has(column) ? undefined : kinds.get(column)
  if (kind !== undefined && isFit(kind)) return
  const fit = [...kinds].filter(([name, kind]) => !ofTheEngine.has(name) && isFit(kind)).map(([name]) => name)
  throw new StackdockError(
    "invalid_input",
    `${table} cannot be ${use} "${column}".`,
    `It can be ${use} ${fit.join(", ")}.`,
  )
}
