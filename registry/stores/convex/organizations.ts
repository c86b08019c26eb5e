import { v } from "convex/values"
import { StoreError } from "../../engine/ports.ts"
import { systemTables } from "../../schema/index.ts"
import { rowOf } from "./documents.ts"
import { type Reader, reads, writes } from "./operation.ts"

const organization = rowOf(systemTables.organizations)
const membership = rowOf(systemTables.memberships)

export const organizationOperations = {
  ensureOrganization: writes({ row: organization }, async (db, { row }) => {
    if (await findOrganization(db, row.id)) return
    await refuseTaken(db, row.slug)
    await db.insert("organizations", row)
  }),
  createOrganization: writes({ row: organization, first: membership }, async (db, { row, first }) => {
    if (await findOrganization(db, row.id))
      throw new StoreError("conflict", `There is an organisation "${row.id}" already.`)
    await refuseTaken(db, row.slug)
    await db.insert("organizations", row)
    await db.insert("memberships", first)
  }),
  getOrganization: reads({ orgId: v.string() }, (db, { orgId }) => findOrganization(db, orgId)),
  listOrganizations: reads({}, async (db) => {
    const found = await db.query("organizations").collect()
    return found.sort((a, b) => (a.name < b.name ? -1 : 1))
  }),
  organizationsOfUser: reads({ userId: v.string() }, async (db, { userId }) => {
    const memberships = await db
      .query("memberships")
      .withIndex("by_user", (q) => q.eq("userId", userId))
      .collect()
    const found = []
    for (const { orgId, role } of memberships) {
      const organization = await findOrganization(db, orgId)
      if (organization) found.push({ organization, role })
    }
    return found.sort((a, b) => (a.organization.name < b.organization.name ? -1 : 1))
  }),
  listMembers: reads({ orgId: v.string() }, (db, { orgId }) =>
    db
      .query("memberships")
      .withIndex("by_org_user", (q) => q.eq("orgId", orgId))
      .collect(),
  ),
  getMembership: reads({ orgId: v.string(), userId: v.string() }, (db, { orgId, userId }) =>
    findMembership(db, orgId, userId),
  ),
  setMember: writes({ row: membership, mustRemain: v.string() }, async (db, { row, mustRemain }) => {
    const before = await findMembership(db, row.orgId, row.userId)
    if (!before) return void (await db.insert("memberships", row))
    if (before.role === mustRemain && row.role !== mustRemain) await checkRemains(db, before, mustRemain)
    await db.patch(before._id, { role: row.role, updatedAt: row.updatedAt })
  }),
  removeMember: writes(
    { orgId: v.string(), userId: v.string(), mustRemain: v.string() },
    async (db, { orgId, userId, mustRemain }) => {
      const before = await findMembership(db, orgId, userId)
      if (!before) throw new StoreError("not_found", `There is no member "${userId}".`)
      if (before.role === mustRemain) await checkRemains(db, before, mustRemain)
      await db.delete(before._id)
    },
  ),
}

async function findOrganization(db: Reader, id: string) {
  return await db
    .query("organizations")
    .withIndex("by_row_id", (q) => q.eq("id", id))
    .unique()
}

async function findMembership(db: Reader, orgId: string, userId: string) {
  return await db
    .query("memberships")
    .withIndex("by_org_user", (q) => q.eq("orgId", orgId).eq("userId", userId))
    .unique()
}

async function refuseTaken(db: Reader, slug: string) {
  const other = await db
    .query("organizations")
    .withIndex("by_slug", (q) => q.eq("slug", slug))
    .unique()
  if (other) throw new StoreError("conflict", `There is an organisation "${slug}" already.`)
}

async function checkRemains(db: Reader, { id, orgId }: { id: string; orgId: string }, role: string) {
  const others = await db
    .query("memberships")
    .withIndex("by_org_role", (q) => q.eq("orgId", orgId).eq("role", role))
    .take(2)
  if (!others.some((other) => other.id !== id))
    throw new StoreError("conflict", `Nobody would be left with the role "${role}".`)
}
