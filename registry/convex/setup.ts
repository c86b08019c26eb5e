import type { Auth } from "convex/server"
import type { AnyDock } from "../core/dock.ts"
import type { NewOrganization } from "../engine/members.ts"
import type { Roles } from "../engine/permissions.ts"

/** What a project says once, in its own `stackdock.ts`: the functions of a deployment are made from it. */
export interface ConvexSetup {
  docks: readonly AnyDock[]
  /** The keyset that encrypts credentials: the deployment's environment variable STACKDOCK_KEYS. */
  keys: string | undefined
  /** Roles of the project's own, beside the five that there are. */
  roles?: Roles
  signIn: SignIn
}

/** What `auth.ts`, which is the project's own, knows of the sign-in. */
export interface SignIn {
  /** Who is calling, as memberships name them. Undefined for whoever is not signed in. */
  userOf(ctx: { auth: Auth }): Promise<string | undefined>
  /** The secret with which the sign-in signs its webhooks. Without it, none is accepted. */
  webhookSecret?: string | undefined
  /** The organisation that is made for a new user; undefined for events that make none. */
  organizationFor?(event: unknown): NewOrganization | undefined
}
