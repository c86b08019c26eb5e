import type { Context } from "./context.ts"
import { allows, type Grants, grantsOf, OWNER, type Permission, standardRoles } from "./permissions.ts"

/**
 * On whose behalf something is done.
 * - `local`: whoever runs the process. They have the key and the database, so no check could keep anything from them.
 * - `system`: work that no person has asked for just now, such as a sync by the clock.
 * - `user`: a person who is known to the project's own sign-in, with what their membership permits.
 */
export type Principal =
  | { readonly kind: "local" }
  | { readonly kind: "system" }
  | { readonly kind: "user"; readonly userId: string }

/** As it stands in the audit log. No user can pass for another kind. */
export function principalName(principal: Principal): string {
  return principal.kind === "user" ? `user:${principal.userId}` : principal.kind
}

export interface Authority {
  readonly role: string
  readonly grants: Grants
}

/** Read for every call, so that a changed role counts at once. Undefined for whoever does not belong to the organisation. */
export async function authorityOf(context: Context): Promise<Authority | undefined> {
  const { principal, orgId, roles } = context
  if (principal.kind !== "user") return { role: OWNER, grants: standardRoles[OWNER] }
  const { organizations } = await context.store()
  const membership = await organizations.membership(orgId, principal.userId)
  return membership && { role: membership.role, grants: grantsOf(roles, membership.role) }
}

/**
 * - `member`: what everybody may who belongs to the organisation, whatever their role.
 * - `operator`: what only the process itself may do, because it concerns every organisation: keys, organisations.
 */
export type Needed = Permission | "member:read" | "operator:read" | "operator:full"

export async function may(context: Context, needed: Needed): Promise<boolean> {
  if (needed === "operator:read" || needed === "operator:full") return context.principal.kind === "local"
  const authority = await authorityOf(context)
  return authority !== undefined && (needed === "member:read" || allows(authority.grants, needed))
}
