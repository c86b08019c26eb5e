import { createAccessControl } from "better-auth/plugins/access"
import { allows } from "../engine/permissions.ts"
import type { Whoami } from "../engine/reading.ts"

/** What better-auth's plugin may be asked to do here. Everything else about organisations is StackDock's. */
const statements = { invitation: ["create", "cancel"], member: [], organization: [] } as const
const accessControl = createAccessControl(statements)

/** The project's roles, in the plugin's words: whoever keeps the members invites. */
export function pluginRoles(roles: Whoami["roles"]) {
  const entries = Object.entries(roles).map(([name, grants]) => {
    const mayInvite = allows(grants, "settings:full")
    return [name, accessControl.newRole({ invitation: mayInvite ? ["create", "cancel"] : [] })] as const
  })
  return { ac: accessControl, roles: Object.fromEntries(entries) }
}
