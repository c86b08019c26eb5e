/** What can be permitted, each apart from the others. `docs/rbac.md` says what belongs to which. */
export const areas = [
  "projects",
  "resources",
  "docks",
  "operations",
  "settings",
  "provisioning",
  "monitoring",
] as const
export type Area = (typeof areas)[number]

/** Each includes the ones before it. */
export const levels = ["none", "read", "full"] as const
export type Level = (typeof levels)[number]

export type Permission = `${Area}:${Exclude<Level, "none">}`

/** An area that is not named is not permitted. */
export type Grants = Readonly<Partial<Record<Area, Level>>>

export type Roles = Readonly<Record<string, Grants>>

/** The one role that a project cannot define anew: whoever has it can always mend the rest. */
export const OWNER = "owner"

/** A project's own roles stand beside these, or replace any of them but `owner`. */
export const standardRoles = {
  [OWNER]: everywhere("full"),
  /** As an owner, but only owners make owners. */
  admin: everywhere("full"),
  developer: {
    projects: "full",
    resources: "full",
    docks: "read",
    operations: "full",
    provisioning: "full",
    monitoring: "full",
  },
  support: {
    projects: "read",
    resources: "read",
    docks: "read",
    operations: "full",
    provisioning: "read",
    monitoring: "full",
  },
  client: { projects: "read", resources: "read", monitoring: "read" },
} as const satisfies Roles

export function rolesWith(custom: Roles = {}): Roles {
  return { ...standardRoles, ...custom, [OWNER]: standardRoles[OWNER] }
}

/** What a role permits. One that is not known, because it was removed from the project, permits nothing. */
export function grantsOf(roles: Roles, role: string): Grants {
  return (Object.hasOwn(roles, role) ? roles[role] : undefined) ?? {}
}

export function allows(grants: Grants, permission: Permission): boolean {
  return areas.some((area) => {
    if (permission === `${area}:read`) return rank(grants, area) >= levels.indexOf("read")
    if (permission === `${area}:full`) return rank(grants, area) >= levels.indexOf("full")
    return false
  })
}

/** Whether nothing is in `others` that is not in `grants`. */
export function includes(grants: Grants, others: Grants): boolean {
  return areas.every((area) => rank(grants, area) >= rank(others, area))
}

/** A word that is no level counts as none. */
function rank(grants: Grants, area: Area): number {
  return Math.max(0, levels.indexOf(grants[area] ?? "none"))
}

function everywhere(level: Level): Grants {
  return Object.fromEntries(areas.map((area) => [area, level]))
}
