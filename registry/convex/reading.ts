import type { Auth, PaginationOptions } from "convex/server"
import { ConvexError } from "convex/values"
import { may, type Needed } from "../engine/authority.ts"
import type { Context } from "../engine/context.ts"
import { denied } from "../engine/guard.ts"
import { callsIn } from "../stores/convex/call.ts"
import { convexStore } from "../stores/convex/index.ts"
import type { Reader } from "../stores/convex/operation.ts"
import { told } from "./answers.ts"
import { contextOf } from "./context.ts"
import type { ConvexSetup } from "./setup.ts"

export interface QueryContext {
  readonly auth: Auth
  readonly db: Reader
}

/** What a query does for whoever calls it, if they may. That somebody may not, a query cannot put on record. */
export type Reads = <Result>(
  ctx: QueryContext,
  orgId: string,
  needs: Needed,
  run: (context: Context, db: Reader) => Promise<Result>,
) => Promise<Result>

export function readsOf(setup: ConvexSetup): Reads {
  return (ctx, orgId, needs, run) =>
    told(async () => {
      const userId = await signedIn(setup, ctx)
      const store = convexStore(callsIn(ctx.db))
      const principal = { kind: "user", userId } as const
      const context = contextOf(setup, { principal, orgId, store, requestId: "query" })
      if (!(await may(context, needs))) throw denied(needs)
      return await run(context, ctx.db)
    })
}

/** A page is read in one query, and Convex reads at most so much in one. */
export function atMost(largest: number, options: PaginationOptions): PaginationOptions {
  return { ...options, numItems: Math.min(options.numItems, largest) }
}

export async function signedIn({ signIn }: ConvexSetup, ctx: { auth: Auth }): Promise<string> {
  const userId = await signIn.userOf(ctx)
  if (userId) return userId
  throw new ConvexError({
    code: "unauthenticated",
    message: "You are not signed in.",
    suggestion: "Sign in.",
  })
}
