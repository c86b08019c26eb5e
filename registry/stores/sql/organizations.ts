import { type OrganizationStore, StoreError } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Connection, Database } from "./database.ts"
import type { Dialect } from "./dialect.ts"
import { insertInto, sql } from "./sql.ts"

export function organizationStore(db: Database, dialect: Dialect): OrganizationStore {
  const organizations = codecOf(systemTables.organizations, dialect)
  const memberships = codecOf(systemTables.memberships, dialect)
  const membership = async (from: Connection, orgId: string, userId: string) => {
    const [record] = await from.all(
      sql`select * from memberships where org_id = ${orgId} and user_id = ${userId}`,
    )
    return record && memberships.decode(record)
  }
  const organization = async (orgId: string) => {
    const [record] = await db.all(sql`select * from organizations where id = ${orgId}`)
    return record && organizations.decode(record)
  }

  return {
    async ensure(row) {
      if (await organization(row.id)) return
      const insert = insertInto("organizations", organizations.encode(row))
      await refuseTaken(row.slug, () => db.run(sql`${insert} on conflict (id) do nothing`))
    },
    async create(row, first) {
      await refuseTaken(row.slug, () =>
        db.transaction(async (trx) => {
          await trx.run(insertInto("organizations", organizations.encode(row)))
          await trx.run(insertInto("memberships", memberships.encode(first)))
        }),
      )
    },
    get: organization,
    async list() {
      const records = await db.all(sql`select * from organizations order by name`)
      return records.map(organizations.decode)
    },
    async ofUser(userId) {
      const records = await db.all<{ member_role: string }>(
        sql`select organizations.*, memberships.role as member_role
          from memberships join organizations on organizations.id = memberships.org_id
          where memberships.user_id = ${userId} order by organizations.name`,
      )
      return records.map((record) => ({
        organization: organizations.decode(record),
        role: record.member_role,
      }))
    },
    async members(orgId) {
      const records = await db.all(sql`select * from memberships where org_id = ${orgId} order by user_id`)
      return records.map(memberships.decode)
    },
    membership: (orgId, userId) => membership(db, orgId, userId),
    async setMember(row, mustRemain) {
      await db.transaction(async (trx) => {
        const before = await membership(trx, row.orgId, row.userId)
        if (before?.role === mustRemain && row.role !== mustRemain)
          await checkRemains(trx, before, mustRemain)
        const insert = insertInto("memberships", memberships.encode(row))
        await trx.run(
          sql`${insert} on conflict (org_id, user_id)
            do update set role = excluded.role, updated_at = excluded.updated_at`,
        )
      })
    },
    async removeMember(orgId, userId, mustRemain) {
      await db.transaction(async (trx) => {
        const before = await membership(trx, orgId, userId)
        if (!before) throw new StoreError("not_found", `There is no member "${userId}".`)
        if (before.role === mustRemain) await checkRemains(trx, before, mustRemain)
        await trx.run(sql`delete from memberships where id = ${before.id}`)
      })
    },
  }
}

async function refuseTaken(slug: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "conflict") throw error
    throw new StoreError("conflict", `There is an organisation "${slug}" already.`)
  }
}

async function checkRemains(
  trx: Connection,
  { id, orgId }: { id: string; orgId: string },
  role: string,
): Promise<void> {
  const others = await trx.all(
    sql`select id from memberships where org_id = ${orgId} and role = ${role} and id <> ${id} limit 1`,
  )
  if (others.length === 0) throw new StoreError("conflict", `Nobody would be left with the role "${role}".`)
}
