import { v } from "convex/values"
import { bind, operatorFunctions } from "../engine/public-functions.ts"
import { type ActionContext, actionContext } from "./acting.ts"
import { plain, told } from "./answers.ts"
import { internalAction } from "./builders.ts"
import type { ConvexSetup } from "./setup.ts"

/** What concerns the whole deployment. Whoever may deploy it runs these: `npx convex run stackdockWork:rotateKeys`. */
export function operatorWork(setup: ConvexSetup) {
  const operator = (ctx: ActionContext) =>
    bind(actionContext(setup, ctx, "", { kind: "local" }), operatorFunctions)
  return {
    /** With its first owner: their id as `auth.ts` gives it. */
    createOrganization: internalAction({
      args: { name: v.string(), slug: v.string(), owner: v.string() },
      handler: (ctx, request) => told(async () => plain(await operator(ctx).createOrganization(request))),
    }),
    /** Which keys there are, and how many credentials each still protects. */
    keyStatus: internalAction({
      args: {},
      handler: (ctx) => told(async () => plain(await operator(ctx).keyStatus())),
    }),
    /** Encrypts every credential anew, once a new primary key stands first in STACKDOCK_KEYS. */
    rotateKeys: internalAction({
      args: {},
      handler: (ctx) => told(async () => plain(await operator(ctx).rotateKeys())),
    }),
  }
}
