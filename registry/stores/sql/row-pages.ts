import type { RowStore } from "../../engine/ports.ts"
import type { RowCount, RowQuery } from "../../engine/read-ports.ts"
import type { ListedResource, PageFilter, ResourcePage } from "../../engine/reading.ts"
import { wordsOf } from "../../engine/row-query.ts"
import { columnsOf } from "../../schema/columns.ts"
import { snakeCase } from "../../schema/ddl.ts"
import { type ResourceRow, type ResourceTableName, resourceTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { lastSeenOf, withListing } from "./last-seen.ts"
import { joined, raw, type Sql, sql, type Value } from "./sql.ts"
import { listedColumns, tableOf } from "./tables.ts"

/** What screens ask: stretches of a table, and how many rows there are. */
export function rowPages(db: Database, dialect: Dialect): Pick<RowStore, "page" | "lookup" | "counts"> {
  const pageOf = async <Name extends ResourceTableName>(
    table: Name,
    where: Sql,
    { sort, offset, limit }: Pick<RowQuery, "sort" | "offset" | "limit">,
  ): Promise<ResourcePage<Name>> => {
    const codec = codecOf(resourceTables[table], dialect)
    const order = inOrder(table, sort)
    const listing = sort.column === "lastSeenAt" ? withListing(table) : sql``
    // Rows are chosen by what indexes hold, and only the chosen ones are read.
    const chosen = sql`select item.id from ${tableOf(table)} as item ${listing}
      where ${where} order by ${order} limit ${limit} offset ${offset}`
    // A reader of its own: it sees one state, and does not wait for a sync that is writing.
    const snapshot = await db.snapshot()
    try {
      const records = await snapshot.all(
        sql`select ${listedColumns("item", table)}, ${lastSeenOf} as last_seen_at
          from (${chosen}) as chosen join ${tableOf(table)} as item on item.id = chosen.id ${withListing(table)}
          order by ${order}`,
      )
      const rows = records.map((record) => listed<Name>(codec.decode(record)))
      // A page that is not full is the last one.
      const isLast = rows.length < limit && (rows.length > 0 || offset === 0)
      if (isLast) return { rows, total: offset + rows.length }
      const [counted] = await snapshot.all<{ count: number | string }>(
        sql`select count(*) as count from ${tableOf(table)} as item where ${where}`,
      )
      return { rows, total: Number(counted?.count) }
    } finally {
      await snapshot.end()
    }
  }

  return {
    page: (table, query) => pageOf(table, matching(table, query, dialect), query),
    async lookup(table, { orgId, docks, column, values, limit }) {
      const where = [
        ownedBy(table, orgId, docks, [column], dialect),
        sql`item.deleted_at is null`,
        ...isAmong(dialect, "dock_id", docks),
        dialect.isAmong(columnOf(column), values),
      ]
      const sort = { column: "name", descending: false }
      return await pageOf(table, joined(where, " and "), { sort, offset: 0, limit })
    },
    async counts(orgId) {
      const counts: RowCount[] = []
      for (const { name: table } of Object.values(resourceTables)) {
        const records = await db.all<Omit<RowCount, "table">>(
          sql`select dock_id as "dockId", provider, status, count(*) as count from ${tableOf(table)}
            where org_id = ${orgId} and deleted_at is null group by dock_id, provider, status`,
        )
        for (const record of records) counts.push({ ...record, table, count: Number(record.count) })
      }
      return counts
    },
  }
}

function listed<Name extends ResourceTableName>(row: ResourceRow): ListedResource<Name> {
  const { fullApiData: _, ...listed }: object & { fullApiData: unknown } = row
  return listed as ListedResource<Name>
}

function matching(table: ResourceTableName, { orgId, filter }: RowQuery, dialect: Dialect): Sql {
  const { providers, docks, statuses, environments, text, where = {}, deleted } = filter
  const conditions = [
    ownedBy(table, orgId, docks, Object.keys(where), dialect),
    deleted ? sql`item.deleted_at is not null` : sql`item.deleted_at is null`,
    ...isAmong(dialect, "provider", providers),
    ...isAmong(dialect, "dock_id", docks),
    ...isAmong(dialect, "status", statuses),
    ...isAmong(dialect, "environment", environments),
    ...Object.entries(where).map(([column, value]) => sql`${columnOf(column)} = ${encoded(value, dialect)}`),
    ...wordsOf(text).map((word) => contains(table, word)),
  ]
  return joined(conditions, " and ")
}

function encoded(value: string, dialect: Dialect): Value {
  return dialect.encode("text", value)
}

/**
 * The listing index begins with the organisation and holds the order that is asked for, so the planner takes it wherever it
 * can. Where a dock's rows are found by an index of their own, there are few of them, and it is the better one.
 */
function ownedBy(
  table: ResourceTableName,
  orgId: string,
  docks: readonly string[] | undefined,
  columns: readonly string[],
  dialect: Dialect,
): Sql {
  const { unique, indexes } = resourceTables[table]
  const isIndexed = (column: string) =>
    [...unique, ...indexes].some(([first, second]) => first === "dockId" && second === column)
  const owner = raw("item.org_id")
  const isByDock = docks !== undefined && docks.length > 0 && columns.some(isIndexed)
  return sql`${isByDock ? dialect.unindexed(owner) : owner} = ${orgId}`
}

/** Empty is as good as not asked for. */
function isAmong(dialect: Dialect, column: string, values: PageFilter["providers"]): Sql[] {
  if (!values || values.length === 0) return []
  return [dialect.isAmong(raw(`item.${column}`), values)]
}

function contains(table: ResourceTableName, word: string): Sql {
  // `like` knows the two cases of ASCII letters only: of all others, each case is looked for.
  const forms = /^[ -~]*$/.test(word) ? [word] : [word, word.toUpperCase()]
  const patterns = forms.map((form) => `%${form.replace(/[\\%_]/g, "\\$&")}%`)
  const columns = ["name", ...resourceTables[table].searched]
  const found = columns.flatMap((column) =>
    patterns.map((pattern) => sql`${columnOf(column)} like ${pattern} escape '\\'`),
  )
  return sql`(${joined(found, " or ")})`
}

function inOrder(table: ResourceTableName, { column, descending }: RowQuery["sort"]): Sql {
  const by = column === "lastSeenAt" ? lastSeenOf : columnOf(column)
  const direction = raw(descending ? "desc" : "asc")
  const ordered = sql`${by} ${direction}, item.id ${direction}`
  const isNullable = columnsOf(resourceTables[table]).some(
    ({ name, nullable }) => name === column && nullable,
  )
  return isNullable ? sql`${by} is null, ${ordered}` : ordered
}

/** The engine has made sure that it is one. */
function columnOf(name: string): Sql {
  return raw(`item.${snakeCase(name)}`)
}
