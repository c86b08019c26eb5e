import { APIError } from "better-auth/api"
import { allows, includes, OWNER } from "../engine/permissions.ts"
import type { Stackdock } from "../engine/stackdock.ts"
import type { Database } from "../stores/sql/database.ts"
import { sql } from "../stores/sql/sql.ts"

export interface Invitation {
  id: string
  email: string
  role: string
  organization: string
}

/** An invitation that can still be accepted. Its id is known to whoever got the link, and can be guessed by nobody. */
export async function pendingInvitation(
  { database, stackdock }: { database: Database; stackdock: Stackdock },
  id: string,
): Promise<Invitation | undefined> {
  const now = new Date().toISOString()
  const [row] = await database.all<{ email: string; role: string; organization_id: string }>(
    sql`select email, role, organization_id from auth_invitations
      where id = ${id} and status = 'pending' and expires_at > ${now}`,
  )
  if (!row) return undefined
  const organizations = await stackdock.organizations()
  const organization = organizations.find((one) => one.id === row.organization_id)
  return organization && { id, email: row.email, role: row.role, organization: organization.name }
}

/** Whether whoever sends the request has the link that was made for this address. */
export async function isInvitedByLink(
  kept: { database: Database; stackdock: Stackdock },
  request: Request | undefined,
  email: string,
): Promise<boolean> {
  const invitation = await pendingInvitation(kept, request?.headers.get("x-invitation") ?? "")
  return invitation?.email.toLowerCase() === email.toLowerCase()
}

/** Whether somebody waits for this address: for those who come with an account elsewhere, which has proven it. */
export async function isInvited(database: Database, email: string): Promise<boolean> {
  const now = new Date().toISOString()
  const found = await database.all(
    sql`select id from auth_invitations
      where email = ${email.toLowerCase()} and status = 'pending' and expires_at > ${now} limit 1`,
  )
  return found.length > 0
}

/** Nobody invites into a role that permits more than their own: what `setMember` will say, said at once. */
export async function checkMayInvite(
  stackdock: Stackdock,
  { inviter, orgId, role }: { inviter: string; orgId: string; role: string },
): Promise<void> {
  const { grants, roles, role: own } = await stackdock.as({ userId: inviter, orgId }).whoami()
  const wanted = Object.hasOwn(roles, role) ? roles[role] : undefined
  if (!wanted) throw refused("There is no such role.")
  const isWithin = own === OWNER || (role !== OWNER && includes(grants, wanted))
  if (!allows(grants, "settings:full") || !isWithin) {
    throw refused(`The role "${role}" permits more than your own, or you may not invite anybody.`)
  }
}

/**
 * Makes whoever accepts a member, in the name of who invited them: by the same function, with the same checks and the same entry
 * in the audit log as if they had done it now. An invitation of somebody who may not do it any more is worth nothing.
 */
export async function admit(
  stackdock: Stackdock,
  { inviter, orgId, role, userId }: { inviter: string; orgId: string; role: string; userId: string },
): Promise<void> {
  try {
    await stackdock.as({ userId: inviter, orgId }).setMember({ userId, role })
  } catch {
    throw refused("Whoever has invited you cannot do that any more. Ask for another invitation.")
  }
}

function refused(message: string): APIError {
  return new APIError("FORBIDDEN", { message, code: "INVITATION_REFUSED" })
}
