import type { Member } from "../data/port.ts"
import { columnTitle, isTableName, tableTitle, tableWord } from "./words.ts"

/** What the functions are called that are written down, for people. Others are taken apart into words. */
const actions: Record<string, string> = {
  connect: "Connect an account",
  disconnect: "Disconnect a dock",
  rotateCredential: "Replace a credential",
  setSyncInterval: "Change how often it syncs",
  sync: "Sync",
  provision: "Make at the provider",
  deprovision: "Remove at the provider",
  resume: "Resume a provisioning",
  act: "Run an action",
  setMember: "Set a member's role",
  removeMember: "Remove a member",
  rotateKeys: "Rotate the keys",
  exportKeys: "Export the keys",
  importKeys: "Import keys",
  createOrganization: "Create an organisation",
}

/** Those that are worth offering as a filter. */
export const recordedActions = Object.keys(actions)

export function actionWords(action: string): string {
  return actions[action] ?? columnTitle(action)
}

/** Who it was: `user:` and an id as the project's sign-in has it, or one of our own. */
export function actorWords(actor: string, members: readonly Member[] = []): string {
  if (actor === "local") return "This computer"
  if (actor === "system") return "StackDock by itself"
  const userId = actor.replace(/^user:/, "")
  const member = members.find((one) => one.userId === userId)
  return member ? memberName(member) : userId
}

export function memberName({ name, email, userId }: Pick<Member, "name" | "email" | "userId">): string {
  return name || email || userId
}

/** What kind of thing it was done to. */
export function targetWords(table: string): string {
  if (isTableName(table)) {
    const word = tableWord(table, "one")
    return word.charAt(0).toUpperCase() + word.slice(1)
  }
  const system: Record<string, string> = {
    docks: "Dock",
    memberships: "Member",
    provisionings: "Provisioning",
    organizations: "Organisation",
    auditLog: "Audit log",
  }
  return system[table] ?? tableTitle(table)
}
