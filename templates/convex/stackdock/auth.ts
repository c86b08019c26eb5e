import type { SignIn } from "./convex/setup.ts"

declare const process: { env: Record<string, string | undefined> }

/** This file is yours: it says who somebody is to StackDock. Memberships are of the id that it gives. */
export const signIn: SignIn = {
  async userOf(ctx) {
    const identity = await ctx.auth.getUserIdentity()
    if (!identity) return undefined
    // Clerk, Auth0 and other OIDC providers: the user's own id. It is one only at its provider: where `auth.config.ts` names
    // several that anybody can sign up at, take `identity.tokenIdentifier`, which is one among all.
    if (identity.issuer !== process.env["CONVEX_SITE_URL"]) return identity.subject
    // Convex Auth, whose tokens the deployment signs itself, puts the session behind the user's id.
    return identity.subject.split("|")[0]
  },

  // The sign-in tells of new users at https://<deployment>.convex.site/stackdock/users, and signs that it is the one who tells
  // (https://www.standardwebhooks.com; Clerk's webhooks are such).
  webhookSecret: process.env["STACKDOCK_WEBHOOK_SECRET"],

  /** Everybody who signs up gets an organisation of their own. Return undefined to make none. */
  organizationFor(event) {
    const { type, data } = event as { type?: string; data?: { id?: string } }
    if (type !== "user.created" || !data?.id) return undefined
    return { name: "My organisation", slug: data.id.toLowerCase(), owner: data.id }
  },
}
