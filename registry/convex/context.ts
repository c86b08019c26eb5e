import { Budget } from "../core/budget.ts"
import { systemClock } from "../core/clock.ts"
import type { Principal } from "../engine/authority.ts"
import type { Context } from "../engine/context.ts"
import { rolesWith } from "../engine/permissions.ts"
import type { Store } from "../engine/ports.ts"
import { environmentVault } from "../security/env.ts"
import type { ConvexSetup } from "./setup.ts"

export interface Caller {
  readonly principal: Principal
  /** Empty for what concerns every organisation. */
  readonly orgId: string
  readonly store: Store
  /** Ties together what the audit log says. A query, which writes nothing there, brings a constant: it stays cachable. */
  readonly requestId?: string
  readonly budget?: Context["budget"]
}

/** What the engine's functions take. Convex has no process that lives on: there is one for each call. */
export function contextOf({ docks, keys, roles }: ConvexSetup, caller: Caller): Context {
  return {
    orgId: caller.orgId,
    principal: caller.principal,
    requestId: caller.requestId ?? "",
    roles: rolesWith(roles),
    docks,
    vault: environmentVault(keys),
    clock: systemClock,
    store: async () => caller.store,
    budget: caller.budget ?? ((_, { limits }) => new Budget(limits)),
  }
}
