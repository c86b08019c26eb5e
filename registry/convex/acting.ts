import type { GenericActionCtx } from "convex/server"
import type { Principal } from "../engine/authority.ts"
import type { Context } from "../engine/context.ts"
import type { Store } from "../engine/ports.ts"
import { bind, organizationFunctions } from "../engine/public-functions.ts"
import type { OrganizationFunctions } from "../engine/stackdock.ts"
import { callsFrom } from "../stores/convex/call.ts"
import { encode } from "../stores/convex/documents.ts"
import { convexStore } from "../stores/convex/index.ts"
import { receivingErrors } from "../stores/convex/sent-errors.ts"
import type { StoreModel } from "../stores/convex/tables.ts"
import { told } from "./answers.ts"
import { contextOf } from "./context.ts"
import { signedIn } from "./reading.ts"
import { work } from "./references.ts"
import type { ConvexSetup } from "./setup.ts"
import { sharedBudget } from "./shared-budget.ts"

export type ActionContext = GenericActionCtx<StoreModel>

/** What an action works with on somebody's behalf. */
export function actionContext(
  setup: ConvexSetup,
  ctx: ActionContext,
  orgId: string,
  principal: Principal,
): Context {
  const budgets = new Map<string, ReturnType<typeof sharedBudget>>()
  return contextOf(setup, {
    principal,
    orgId,
    store: actionStore(ctx),
    budget(dockId, definition) {
      const budget = budgets.get(dockId) ?? sharedBudget(ctx, dockId, definition)
      budgets.set(dockId, budget)
      return budget
    },
  })
}

/** An intent is written together with the order to look after it, should this action end before its work. */
function actionStore(ctx: ActionContext): Store {
  const store = convexStore(callsFrom(ctx))
  return {
    ...store,
    provisionings: {
      ...store.provisionings,
      insert: (intent) =>
        receivingErrors(() => ctx.runMutation(work.beginProvisioning, { row: encode(intent) })),
    },
  }
}

export type Acts = <Result>(
  ctx: ActionContext,
  orgId: string,
  run: (functions: OrganizationFunctions, context: Context) => Promise<Result>,
) => Promise<Result>

/**
 * What an action does for whoever calls it: the engine's public functions, each of which checks what it needs and records
 * how it ended. They are actions and no mutations, because a mutation that fails takes back what it has recorded.
 */
export function actsOf(setup: ConvexSetup): Acts {
  return (ctx, orgId, run) =>
    told(async () => {
      const userId = await signedIn(setup, ctx)
      const context = actionContext(setup, ctx, orgId, { kind: "user", userId })
      return await run(bind(context, organizationFunctions), context)
    })
}
