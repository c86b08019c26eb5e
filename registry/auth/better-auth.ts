import { APIError } from "better-auth/api"
import { betterAuth } from "better-auth/minimal"
import { organization } from "better-auth/plugins/organization"
import type { Stackdock } from "../engine/stackdock.ts"
import type { Database } from "../stores/sql/database.ts"
import { authAdapter } from "./adapter.ts"
import { isWithoutUsers, settleFirst } from "./first-user.ts"
import { admit, checkMayInvite, isInvited, isInvitedByLink } from "./invitations.ts"
import type { Providers } from "./providers.ts"
import { pluginRoles } from "./roles.ts"

export interface AuthOptions {
  stackdock: Stackdock
  /** For accounts and sessions: a database of its own, or the one of the store. `node/embedded.ts` opens a file. */
  database: Database
  /** Signs cookies: 32 characters at least, the same at every start. `node/secret-file.ts` keeps one. */
  secret: string
  /** Where the app is opened: `https://dash.example.com`. */
  origin: string
  /** Sign-in with accounts that people have elsewhere. */
  providers?: Providers
  /** Sends a link by which a forgotten password is replaced. Without it, forgetting one is not provided for. */
  sendResetLink?: (to: { email: string; link: string }) => Promise<void>
  /** Lets anybody make an account. They belong to no organisation until somebody adds them. */
  openSignUp?: boolean
}

const WEEK_SECONDS = 7 * 24 * 60 * 60
const DAY_SECONDS = 24 * 60 * 60
const withoutTokens = { accessToken: null, refreshToken: null, idToken: null }

/** better-auth, set up so that it knows who people are, and StackDock what they may do. */
export async function setUpBetterAuth(options: AuthOptions) {
  const { stackdock, database, secret, origin, providers = {}, openSignUp = false, sendResetLink } = options
  const { roles } = await stackdock.whoami()

  return betterAuth({
    appName: "StackDock",
    baseURL: origin,
    basePath: "/api/auth",
    secret,
    trustedOrigins: [origin],
    database: authAdapter(database, stackdock),
    emailAndPassword: {
      enabled: true,
      autoSignIn: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      // Whoever had the old password may be signed in with it.
      revokeSessionsOnPasswordReset: true,
      ...(sendResetLink && {
        sendResetPassword: ({ user, token }) =>
          sendResetLink({ email: user.email, link: `${origin}/#reset=${encodeURIComponent(token)}` }),
      }),
    },
    socialProviders: providers,
    // One person is one user, however they come; an address is only believed of whoever has proven it.
    account: { accountLinking: { enabled: true, trustedProviders: [] } },
    session: { expiresIn: WEEK_SECONDS, updateAge: DAY_SECONDS, cookieCache: { enabled: false } },
    // The server in front of it counts, by address and by account.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its own words can hold what somebody has typed; the server in front of it tells what goes wrong.
    logger: { disabled: true },
    onAPIError: { throw: true },
    // What a link carries opens an account: whoever reads the database must not find it there.
    verification: { storeIdentifier: "hashed" },
    advanced: {
      disableOriginCheck: false,
      useSecureCookies: origin.startsWith("https:"),
      cookiePrefix: "stackdock",
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/" },
      // The way back from another site's sign-in needs the other cookies; this one is only for pages of our own.
      cookies: { session_token: { attributes: { sameSite: "strict" } } },
    },
    databaseHooks: {
      user: {
        create: {
          async before(user, context) {
            if (openSignUp || (await isWithoutUsers(database))) return
            if (await isInvitedByLink({ database, stackdock }, context?.request, user.email)) return
            if (user.emailVerified && (await isInvited(database, user.email))) return
            throw new APIError("FORBIDDEN", {
              message: "Accounts are made by invitation. Ask somebody who has one for a link.",
              code: "INVITATION_NEEDED",
            })
          },
        },
      },
      session: {
        create: { before: async ({ userId }) => settleFirst({ database, stackdock }, userId) },
      },
      // Whoever signs in elsewhere says who they are, and that is all: what would let others act there is not kept.
      account: {
        create: { before: async (account) => ({ data: { ...account, ...withoutTokens } }) },
        update: { before: async (account) => ({ data: { ...account, ...withoutTokens } }) },
      },
    },
    plugins: [
      organization({
        ...pluginRoles(roles),
        allowUserToCreateOrganization: false,
        disableOrganizationDeletion: true,
        membershipLimit: Number.MAX_SAFE_INTEGER,
        invitationExpiresIn: WEEK_SECONDS,
        cancelPendingInvitationsOnReInvite: true,
        requireEmailVerificationOnInvitation: false,
        organizationHooks: {
          async beforeCreateInvitation({ invitation, inviter }) {
            const { organizationId: orgId, role } = invitation
            await checkMayInvite(stackdock, { inviter: inviter.id, orgId, role })
          },
          async beforeAcceptInvitation({ invitation, user }) {
            const { inviterId: inviter, organizationId: orgId, role } = invitation
            await admit(stackdock, { inviter, orgId, role, userId: user.id })
          },
        },
      }),
    ],
  })
}
