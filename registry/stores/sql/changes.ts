import type { ListedRow } from "../../engine/ports.ts"
import type { ChangeFilter, ChangeStore } from "../../engine/read-ports.ts"
import { changeOf } from "../../engine/row-changes.ts"
import { type ResourceRow, type ResourceTableName, resourceTables, systemTables } from "../../schema/index.ts"
import type { ChangeRow } from "../../schema/resource-changes.ts"
import { rowId } from "../../schema/row-id.ts"
import { codecOf } from "./codec.ts"
import type { Connection, Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { insertInto, joined, raw, type Sql, sql } from "./sql.ts"
import { listedColumns, tableOf } from "./tables.ts"

export function changeStore(db: Database, dialect: Dialect): ChangeStore {
  const codec = codecOf(systemTables.resourceChanges, dialect)
  return {
    async list({ limit, ...filter }) {
      const records = await db.all(
        sql`select * from resource_changes where ${matching(filter, dialect)} order by at desc, id limit ${limit}`,
      )
      return records.map(codec.decode)
    },
    async totals(filter) {
      const records = await db.all<{ kind: ChangeRow["kind"]; count: number | string }>(
        sql`select kind, count(*) as count from resource_changes where ${matching(filter, dialect)} group by kind`,
      )
      const totals = { added: 0, changed: 0, removed: 0, returned: 0 }
      for (const { kind, count } of records) totals[kind] = Number(count)
      return totals
    },
    async prune({ orgId, dockId, before, limit }) {
      return await db.run(
        sql`delete from resource_changes where id in (
          select id from resource_changes where org_id = ${orgId} and dock_id = ${dockId} and at < ${before}
          order by at limit ${limit}
        )`,
      )
    },
  }
}

/** Whose rows they are. */
interface Place {
  readonly orgId: string
  readonly dockId: string
  readonly provider: string
  readonly table: ResourceTableName
}

/** What was found different, in the transaction that changes the rows. */
export class ChangeNotes {
  readonly #dialect: Dialect
  readonly #place: Place
  readonly #added: string[] = []
  readonly #found: (Pick<ChangeRow, "kind" | "fields" | "name"> & { resourceId: string })[] = []

  constructor(dialect: Dialect, place: Place) {
    this.#dialect = dialect
    this.#place = place
  }

  /** Before rows are written that may be there already. */
  async compare(trx: Connection, rows: readonly ListedRow[]): Promise<void> {
    const stored = await this.#stored(trx, rows)
    for (const row of rows) {
      const before = stored.get(row.providerResourceId)
      const change = changeOf(this.#place.table, before, row)
      if (!before) this.#added.push(row.providerResourceId)
      else if (change) this.#found.push({ ...change, name: row.name, resourceId: before.id })
    }
  }

  add(rows: readonly ListedRow[]): void {
    for (const { providerResourceId } of rows) this.#added.push(providerResourceId)
  }

  /** Rows by their numbers. */
  async remove(trx: Connection, keys: readonly number[]): Promise<void> {
    await this.#note(trx, "removed", this.#dialect.isAmong(raw("id"), keys))
  }

  async note(trx: Connection, kind: ChangeRow["kind"], providerResourceId: string): Promise<void> {
    await this.#note(trx, kind, this.#isAmong([providerResourceId]))
  }

  /** After the rows were written: only then do new ones have their ids. */
  async record(trx: Connection, now: string): Promise<void> {
    if (this.#added.length > 0) await this.#note(trx, "added", this.#isAmong(this.#added))
    const { orgId, dockId, provider, table: tableName } = this.#place
    const codec = codecOf(systemTables.resourceChanges, this.#dialect)
    for (const found of this.#found) {
      const change = { id: crypto.randomUUID(), orgId, dockId, provider, tableName, at: now, ...found }
      await trx.run(insertInto("resource_changes", codec.encode(change)))
    }
  }

  async #note(trx: Connection, kind: ChangeRow["kind"], isWanted: Sql): Promise<void> {
    const { table } = this.#place
    const records = await trx.all<{ id: number | string; name: string }>(
      sql`select id, name from ${tableOf(table)} where ${isWanted}`,
    )
    for (const { id, name } of records) {
      this.#found.push({ kind, fields: [], name, resourceId: rowId(table, id) })
    }
  }

  async #stored(trx: Connection, rows: readonly ListedRow[]): Promise<Map<string, ResourceRow>> {
    const { table } = this.#place
    if (rows.length === 0) return new Map()
    const codec = codecOf(resourceTables[table], this.#dialect)
    const records = await trx.all(
      sql`select ${listedColumns("item", table)} from ${tableOf(table)} as item
        where ${this.#isAmong(rows.map(({ providerResourceId }) => providerResourceId))}`,
    )
    return new Map(records.map(codec.decode).map((row) => [row.providerResourceId, row]))
  }

  #isAmong(ids: readonly string[]): Sql {
    return sql`dock_id = ${this.#place.dockId}
      and ${this.#dialect.isAmong(raw("provider_resource_id"), ids)}`
  }
}

function matching({ orgId, tables, resourceId, since }: ChangeFilter, dialect: Dialect): Sql {
  const conditions = [sql`org_id = ${orgId}`]
  if (resourceId !== undefined) conditions.push(sql`resource_id = ${resourceId}`)
  if (tables) conditions.push(dialect.isAmong(raw("table_name"), tables))
  if (since !== undefined) conditions.push(sql`at >= ${since}`)
  return joined(conditions, " and ")
}
