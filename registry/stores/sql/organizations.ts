import type { Kysely, Transaction } from "kysely"
import { type OrganizationStore, StoreError } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { codecOf } from "./codec.ts"
import type { Dialect } from "./dialect.ts"
import type { SqlTables } from "./tables.ts"

export function organizationStore(db: Kysely<SqlTables>, dialect: Dialect): OrganizationStore {
  const organizations = codecOf(systemTables.organizations, dialect)
  const memberships = codecOf(systemTables.memberships, dialect)
  const membership = async (from: Kysely<SqlTables>, orgId: string, userId: string) => {
    const record = await from
      .selectFrom("memberships")
      .selectAll()
      .where("org_id", "=", orgId)
      .where("user_id", "=", userId)
      .executeTakeFirst()
    return record && memberships.decode(record)
  }
  const organization = async (orgId: string) => {
    const record = await db.selectFrom("organizations").selectAll().where("id", "=", orgId).executeTakeFirst()
    return record && organizations.decode(record)
  }

  return {
    async ensure(row) {
      if (await organization(row.id)) return
      await refuseTaken(row.slug, () =>
        db
          .insertInto("organizations")
          .values(organizations.encode(row))
          .onConflict((conflict) => conflict.column("id").doNothing())
          .execute(),
      )
    },
    async create(row, first) {
      await refuseTaken(row.slug, () =>
        db.transaction().execute(async (trx) => {
          await trx.insertInto("organizations").values(organizations.encode(row)).execute()
          await trx.insertInto("memberships").values(memberships.encode(first)).execute()
        }),
      )
    },
    get: organization,
    async ofUser(userId) {
      const records = await db
        .selectFrom("memberships")
        .innerJoin("organizations", "organizations.id", "memberships.org_id")
        .selectAll("organizations")
        .select("memberships.role")
        .where("memberships.user_id", "=", userId)
        .orderBy("organizations.name")
        .execute()
      return records.map(({ role, ...record }) => ({ organization: organizations.decode(record), role }))
    },
    async members(orgId) {
      const records = await db
        .selectFrom("memberships")
        .selectAll()
        .where("org_id", "=", orgId)
        .orderBy("user_id")
        .execute()
      return records.map(memberships.decode)
    },
    membership: (orgId, userId) => membership(db, orgId, userId),
    async setMember(row, mustRemain) {
      await db.transaction().execute(async (trx) => {
        const before = await membership(trx, row.orgId, row.userId)
        if (before?.role === mustRemain && row.role !== mustRemain)
          await checkRemains(trx, before, mustRemain)
        const { role, updated_at, ...record } = memberships.encode(row)
        await trx
          .insertInto("memberships")
          .values({ ...record, role, updated_at })
          .onConflict((conflict) => conflict.columns(["org_id", "user_id"]).doUpdateSet({ role, updated_at }))
          .execute()
      })
    },
    async removeMember(orgId, userId, mustRemain) {
      await db.transaction().execute(async (trx) => {
        const before = await membership(trx, orgId, userId)
        if (!before) throw new StoreError("not_found", `There is no member "${userId}".`)
        if (before.role === mustRemain) await checkRemains(trx, before, mustRemain)
        await trx.deleteFrom("memberships").where("id", "=", before.id).execute()
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
  trx: Transaction<SqlTables>,
  { id, orgId }: { id: string; orgId: string },
  role: string,
): Promise<void> {
  const other = await trx
    .selectFrom("memberships")
    .select("id")
    .where("org_id", "=", orgId)
    .where("role", "=", role)
    .where("id", "!=", id)
    .limit(1)
    .executeTakeFirst()
  if (!other) throw new StoreError("conflict", `Nobody would be left with the role "${role}".`)
}
