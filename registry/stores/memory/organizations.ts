import { type OrganizationStore, StoreError } from "../../engine/ports.ts"
import type { Membership, Organization } from "../../schema/organizations.ts"
import { compare } from "./keys.ts"

export function memoryOrganizations(): OrganizationStore {
  const organizations = new Map<string, Organization>()
  const members = new Map<string, Membership>()
  const keyOf = (orgId: string, userId: string) => JSON.stringify([orgId, userId])
  const ofOrg = (orgId: string) => [...members.values()].filter((member) => member.orgId === orgId)

  const checkRemains = (before: Membership | undefined, mustRemain: string) => {
    if (before?.role !== mustRemain) return
    const others = ofOrg(before.orgId).filter(({ id, role }) => id !== before.id && role === mustRemain)
    if (others.length === 0) throw nobodyRemains(mustRemain)
  }

  const insert = (row: Organization) => {
    for (const { id, slug } of organizations.values()) {
      if (id === row.id || slug === row.slug) throw slugTaken(row.slug)
    }
    organizations.set(row.id, { ...row })
  }

  return {
    async ensure(row) {
      if (!organizations.has(row.id)) insert(row)
    },
    async create(row, first) {
      insert(row)
      members.set(keyOf(first.orgId, first.userId), { ...first })
    },
    async get(orgId) {
      const found = organizations.get(orgId)
      return found && { ...found }
    },
    async list() {
      return [...organizations.values()].sort((a, b) => compare(a.name, b.name)).map((row) => ({ ...row }))
    },
    async ofUser(userId) {
      const own = [...members.values()].filter((member) => member.userId === userId)
      return own
        .flatMap(({ orgId, role }) => {
          const organization = organizations.get(orgId)
          return organization ? [{ organization: { ...organization }, role }] : []
        })
        .sort((a, b) => compare(a.organization.name, b.organization.name))
    },
    async members(orgId) {
      return ofOrg(orgId)
        .sort((a, b) => compare(a.userId, b.userId))
        .map((member) => ({ ...member }))
    },
    async membership(orgId, userId) {
      const found = members.get(keyOf(orgId, userId))
      return found && { ...found }
    },
    async setMember(row, mustRemain) {
      const key = keyOf(row.orgId, row.userId)
      const before = members.get(key)
      if (row.role !== mustRemain) checkRemains(before, mustRemain)
      const { role, updatedAt } = row
      members.set(key, before ? { ...before, role, updatedAt } : { ...row })
    },
    async removeMember(orgId, userId, mustRemain) {
      const key = keyOf(orgId, userId)
      const before = members.get(key)
      if (!before) throw new StoreError("not_found", `There is no member "${userId}".`)
      checkRemains(before, mustRemain)
      members.delete(key)
    },
  }
}

function nobodyRemains(role: string): StoreError {
  return new StoreError("conflict", `Nobody would be left with the role "${role}".`)
}

function slugTaken(slug: string): StoreError {
  return new StoreError("conflict", `There is an organisation "${slug}" already.`)
}
