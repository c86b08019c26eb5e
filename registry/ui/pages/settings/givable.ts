import type { Area, Level } from "../../../engine/permissions.ts"
import type { Session } from "../../data/port.ts"

const levels: readonly Level[] = ["none", "read", "full"]

/** The roles that permit no more than one's own: only those can be given. Only owners make owners. */
export function givable({ grants, role, roles }: Pick<Session, "grants" | "role" | "roles">): string[] {
  const isOwner = role === null || role === "owner"
  return Object.entries(roles).flatMap(([name, of]) =>
    (name !== "owner" || isOwner) && includes(grants, of) ? [name] : [],
  )
}

/** Areas as the engine knows them, in its order. */
export function areasOf({ grants }: Pick<Session, "grants">): Area[] {
  return Object.keys(grants) as Area[]
}

export function levelOf(grants: Partial<Record<Area, Level>>, area: Area): Level {
  return grants[area] ?? "none"
}

function includes(own: Session["grants"], others: Partial<Session["grants"]>): boolean {
  return areasOf({ grants: own }).every(
    (area) => levels.indexOf(levelOf(own, area)) >= levels.indexOf(levelOf(others, area)),
  )
}
