import type { Membership, Organization } from "../schema/organizations.ts"
import type { Target } from "./audit.ts"
import { authorityOf } from "./authority.ts"
import type { Context } from "./context.ts"
import { StackdockError } from "./errors.ts"
import { grantsOf, includes, OWNER } from "./permissions.ts"
import { StoreError } from "./ports.ts"

export interface NewOrganization {
  name: string
  /** Unique; for addresses. */
  slug: string
  /** The user who becomes its first owner. */
  owner: string
}

export interface OrganizationOfUser {
  organization: Organization
  role: string
}

export async function createOrganization(context: Context, request: NewOrganization): Promise<Organization> {
  const now = new Date().toISOString()
  const { name, slug, owner } = request
  checkUserId(owner)
  const organization = { id: crypto.randomUUID(), name, slug, createdAt: now, updatedAt: now }
  const store = await context.store()
  try {
    await store.organizations.create(organization, newMembership(organization.id, owner, OWNER, now))
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "conflict") throw error
    throw new StackdockError("name_taken", `There is an organisation "${slug}" already.`, "Choose another.")
  }
  return organization
}

export async function organizations(context: Context): Promise<Organization[]> {
  return (await context.store()).organizations.list()
}

export async function organizationsOf(context: Context, userId: string): Promise<OrganizationOfUser[]> {
  return (await context.store()).organizations.ofUser(userId)
}

export async function listMembers(context: Context): Promise<Membership[]> {
  return (await context.store()).organizations.members(context.orgId)
}

export async function setMember(
  context: Context,
  { userId, role }: { userId: string; role: string },
): Promise<Membership> {
  checkUserId(userId)
  if (!Object.hasOwn(context.roles, role)) {
    const known = Object.keys(context.roles).join(", ")
    throw new StackdockError("unknown_role", "There is no such role.", `The roles are ${known}.`)
  }
  const store = await context.store()
  const before = await store.organizations.membership(context.orgId, userId)
  await checkWithinOwn(context, role)
  if (before) await checkWithinOwn(context, before.role)
  const now = new Date().toISOString()
  const wanted = newMembership(context.orgId, userId, role, now)
  await keepingAnOwner(() => store.organizations.setMember(wanted, OWNER))
  return before ? { ...before, role, updatedAt: now } : wanted
}

export async function removeMember(context: Context, userId: string): Promise<void> {
  const store = await context.store()
  const before = await store.organizations.membership(context.orgId, userId)
  if (!before) throw new StackdockError("unknown_member", "There is no such member.", "List the members.")
  await checkWithinOwn(context, before.role)
  await keepingAnOwner(() => store.organizations.removeMember(context.orgId, userId, OWNER))
}

/** By the user's id, which tells more than the row's. Null for somebody who is not a member: nothing that was only typed. */
export async function memberTarget(context: Context, userId: string): Promise<Target> {
  const store = await context.store()
  const member = await store.organizations.membership(context.orgId, userId)
  return { table: "memberships", id: member ? userId : null }
}

/** Nobody gives or takes a role that permits more than their own; otherwise whoever keeps the members could become anything. */
async function checkWithinOwn(context: Context, role: string): Promise<void> {
  const own = await authorityOf(context)
  if (own?.role === OWNER) return
  if (own && role !== OWNER && includes(own.grants, grantsOf(context.roles, role))) return
  throw new StackdockError(
    "denied",
    `The role "${role}" permits more than your own.`,
    "Ask an owner of the organisation.",
  )
}

/** An empty id is what a sign-in that failed leaves behind: it must never be somebody. */
function checkUserId(userId: string): void {
  if (userId.trim()) return
  throw new StackdockError(
    "invalid_member",
    "The id of the user is empty.",
    "Give the id of a user who is known.",
  )
}

async function keepingAnOwner(change: () => Promise<void>): Promise<void> {
  try {
    await change()
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "conflict") throw error
    throw new StackdockError(
      "last_owner",
      "The organisation would be left without an owner.",
      "Make somebody else an owner first.",
    )
  }
}

function newMembership(orgId: string, userId: string, role: string, now: string): Membership {
  return { id: crypto.randomUUID(), orgId, userId, role, createdAt: now, updatedAt: now }
}
