import { authorityOf } from "./authority.ts"
import type { Context } from "./context.ts"
import { type Area, areas, type Grants, grantsOf, type Level } from "./permissions.ts"
import type { Whoami } from "./reading.ts"

/** Whoever belongs to the organisation may know what they may do in it. */
export async function whoami(context: Context): Promise<Whoami> {
  const { orgId, principal, roles } = context
  const [authority, store] = await Promise.all([authorityOf(context), context.store()])
  const organization = await store.organizations.get(orgId)
  return {
    orgId,
    organization: organization?.name ?? orgId,
    userId: principal.kind === "user" ? principal.userId : null,
    role: principal.kind === "user" ? (authority?.role ?? null) : null,
    grants: everyArea(authority?.grants ?? {}),
    roles: Object.fromEntries(Object.keys(roles).map((role) => [role, everyArea(grantsOf(roles, role))])),
  }
}

function everyArea(grants: Grants): Record<Area, Level> {
  const levels = areas.map((area) => [area, grants[area] ?? "none"])
  // One entry for each of the areas.
  return Object.fromEntries(levels) as Record<Area, Level>
}
