import { type CleanedWhere, type CustomAdapter, createAdapterFactory } from "better-auth/adapters"
import type { Stackdock } from "../engine/stackdock.ts"
import type { Connection, Database } from "../stores/sql/database.ts"
import { joined, raw, type Sql, sql } from "../stores/sql/sql.ts"
import { asValue, columnOf, whereOf } from "./conditions.ts"
import { engineModels } from "./engine-models.ts"
import { tables } from "./tables.ts"

type Row = Record<string, unknown>

/** Where better-auth keeps what is its own, and asks about what is not. */
export function authAdapter(database: Database, stackdock: Stackdock) {
  const engine = engineModels(stackdock)

  async function find(
    connection: Pick<Connection, "all">,
    model: string,
    where: readonly CleanedWhere[] | undefined,
    rest: Sql = raw(""),
  ): Promise<Row[]> {
    const rows = await connection.all<Row>(sql`select * from ${tableOf(model)}${whereOf(where)}${rest}`)
    return rows.map(asFields)
  }

  const custom: CustomAdapter = {
    async create({ model, data }) {
      const made = await engine.find(model, model === "member" ? keyOf(data) : [])
      if (made) return memberMade(model, made[0]) as typeof data
      const entries = Object.entries(data)
      const columns = joined(
        entries.map(([field]) => columnOf(field)),
        ", ",
      )
      const values = joined(
        entries.map(([, value]) => sql`${asValue(value)}`),
        ", ",
      )
      await database.run(sql`insert into ${tableOf(model)} (${columns}) values (${values})`)
      return data
    },
    async findOne<T>({ model, where }: { model: string; where: CleanedWhere[] }) {
      const [found] =
        (await engine.find(model, where)) ?? (await find(database, model, where, raw(" limit 1")))
      // What better-auth calls T is a row of the model that it names.
      return (found as T | undefined) ?? null
    },
    async findMany<T>({ model, where, limit, offset = 0, sortBy }: FindMany) {
      const told = await engine.find(model, where)
      if (told) return told.slice(offset, offset + limit) as T[]
      const order = sortBy
        ? sql` order by ${columnOf(sortBy.field)} ${raw(sortBy.direction === "desc" ? "desc" : "asc")}`
        : raw("")
      return (await find(database, model, where, sql`${order} limit ${limit} offset ${offset}`)) as T[]
    },
    async count({ model, where }) {
      const told = await engine.find(model, where)
      if (told) return told.length
      const [row] = await database.all<{ amount: number }>(
        sql`select count(*) as amount from ${tableOf(model)}${whereOf(where)}`,
      )
      return row?.amount ?? 0
    },
    async update<T>({ model, where, update }: { model: string; where: CleanedWhere[]; update: T }) {
      const changed = await changeOne(model, where, setting(update as Row))
      return changed as T | null
    },
    async updateMany({ model, where, update }) {
      return database.run(sql`update ${tableOf(model)} set ${setting(update)}${whereOf(where)}`)
    },
    async incrementOne<T>({ model, where, increment, set = {} }: Increment) {
      const steps = Object.entries(increment).map(
        ([field, by]) => sql`${columnOf(field)} = ${columnOf(field)} + ${by}`,
      )
      const fixed = Object.keys(set).length > 0 ? [setting(set)] : []
      return (await changeOne(model, where, joined([...steps, ...fixed], ", "))) as T | null
    },
    async consumeOne<T>({ model, where }: { model: string; where: CleanedWhere[] }) {
      return database.transaction(async (trx) => {
        const [found] = await find(trx, model, where, raw(" limit 1"))
        if (found) await trx.run(sql`delete from ${tableOf(model)} where id = ${asValue(found["id"])}`)
        return (found as T | undefined) ?? null
      })
    },
    async delete({ model, where }) {
      await database.run(sql`delete from ${tableOf(model)}${whereOf(where)}`)
    },
    async deleteMany({ model, where }) {
      return database.run(sql`delete from ${tableOf(model)}${whereOf(where)}`)
    },
  }

  /** One row at most, in one transaction with the look at it: `where` is also what guards it. */
  function changeOne(model: string, where: readonly CleanedWhere[], changes: Sql): Promise<Row | null> {
    return database.transaction(async (trx) => {
      const [found] = await find(trx, model, where, raw(" limit 1"))
      if (!found) return null
      const id = asValue(found["id"])
      await trx.run(sql`update ${tableOf(model)} set ${changes} where id = ${id}`)
      const [changed] = await trx.all<Row>(sql`select * from ${tableOf(model)} where id = ${id}`)
      return changed ? asFields(changed) : null
    })
  }

  return createAdapterFactory({
    config: {
      adapterId: "stackdock",
      supportsDates: false,
      supportsBooleans: false,
      supportsNumericIds: false,
      transaction: false,
    },
    adapter: () => custom,
  })
}

interface FindMany {
  model: string
  where?: CleanedWhere[] | undefined
  limit: number
  offset?: number | undefined
  sortBy?: { field: string; direction: "asc" | "desc" } | undefined
}

interface Increment {
  model: string
  where: CleanedWhere[]
  increment: Record<string, number>
  set?: Record<string, unknown> | undefined
}

function tableOf(model: string): Sql {
  const table = tables[model]
  if (table !== undefined) return raw(table)
  throw new Error(`"${model}" is not kept by the sign-in: StackDock's own functions change it.`)
}

function setting(changes: Row): Sql {
  return joined(
    Object.entries(changes).map(([field, value]) => sql`${columnOf(field)} = ${asValue(value)}`),
    ", ",
  )
}

function asFields(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )
}

function keyOf({ organizationId, userId }: Row): CleanedWhere[] {
  return [
    {
      field: "organizationId",
      value: String(organizationId),
      operator: "eq",
      connector: "AND",
      mode: "sensitive",
    },
    { field: "userId", value: String(userId), operator: "eq", connector: "AND", mode: "sensitive" },
  ]
}

/** Whoever accepts an invitation was made a member in the inviter's name just before: see `invitations.ts`. */
function memberMade(model: string, member: Row | undefined): Row {
  if (model === "member" && member) return member
  throw new Error("Organisations and members are made by StackDock's own functions.")
}
