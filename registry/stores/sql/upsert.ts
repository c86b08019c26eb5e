import type { ListedRow } from "../../engine/ports.ts"
import { snakeCase } from "../../schema/ddl.ts"
import { type ResourceTableName, resourceTables } from "../../schema/index.ts"
import { sqlColumns } from "./codec.ts"
import type { Connection } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import type { Value } from "./sql.ts"

/** Rows of one statement. Few sizes, so that few statements are prepared and each is used again. */
const SIZES = [50, 10, 1] as const

/** What rows that are written together have in common. */
export interface Shared {
  orgId: string
  dockId: string
  provider: string
  scope: string
  now: string
}

/** The columns that are the same for all rows of a statement: bound once, which is a good part of the time of a first sync. */
const SHARED: Readonly<Record<string, string>> = {
  org_id: "$1",
  dock_id: "$2",
  provider: "$3",
  scope: "$4",
  created_at: "$5",
  updated_at: "$5",
  last_seen_at: "$5",
  deleted_at: "null",
  provisioning_source: "'manual'",
  provisioning_state: "null",
  provisioned_at: "null",
}
const SHARED_VALUES = 5

/** What a row that exists keeps: its identity, its birth, and how it was provisioned. */
const KEPT = new Set([
  "org_id",
  "dock_id",
  "provider",
  "provider_resource_id",
  "created_at",
  "provisioning_source",
  "provisioning_state",
  "provisioned_at",
])

export type Upsert = (trx: Connection, rows: readonly ListedRow[], shared: Shared) => Promise<void>

/** Inserts rows of one table, or updates them where the dock has them already. */
export function upsertInto(table: ResourceTableName, dialect: Dialect): Upsert {
  const own = sqlColumns(resourceTables[table]).filter(
    ({ kind, sqlName }) => kind !== "key" && !Object.hasOwn(SHARED, sqlName),
  )
  // The shared ones first: SQLite counts parameters by where they appear first, whatever their names.
  const names = [...Object.keys(SHARED), ...own.map(({ sqlName }) => sqlName)]
  const texts = new Map(SIZES.map((size) => [size, textFor(size)]))

  function textFor(size: number): string {
    let bound = SHARED_VALUES
    const tuples = Array.from({ length: size }, () => {
      return `(${names.map((name) => SHARED[name] ?? `$${++bound}`).join(", ")})`
    })
    const changes = names.filter((name) => !KEPT.has(name)).map((name) => `${name} = excluded.${name}`)
    return (
      `insert into ${snakeCase(table)} (${names.join(", ")}) values ${tuples.join(", ")} ` +
      `on conflict (dock_id, provider_resource_id) do update set ${changes.join(", ")}`
    )
  }

  return async (trx, rows, { orgId, dockId, provider, scope, now }) => {
    let start = 0
    for (const [size, text] of texts) {
      for (; start + size <= rows.length; start += size) {
        const values: Value[] = [orgId, dockId, provider, scope, now]
        for (const row of rows.slice(start, start + size)) {
          const given: Readonly<Record<string, unknown>> = row
          for (const { name, kind } of own) values.push(dialect.encode(kind, given[name]))
        }
        await trx.run({ text, values })
      }
    }
  }
}
