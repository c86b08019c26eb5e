import { Budget, type RequestBudget } from "../core/budget.ts"
import { type Clock, systemClock } from "../core/clock.ts"
import type { AnyDock } from "../core/dock.ts"
import { createHttp, type HttpOptions } from "../core/http.ts"
import type { DockRow } from "../schema/docks.ts"
import { may, type Principal } from "./authority.ts"
import { StackdockError } from "./errors.ts"
import { type Roles, rolesWith } from "./permissions.ts"
import type { Store, Vault } from "./ports.ts"
import type { StackdockConfig } from "./stackdock.ts"

/** What `createStackdock` and its parts share. A call of a public function has its own: on whose behalf, and in which organisation. */
export interface Context {
  readonly orgId: string
  readonly principal: Principal
  /** Ties together what the audit log says of one call. */
  readonly requestId: string
  readonly roles: Roles
  readonly docks: readonly AnyDock[]
  readonly vault: Vault
  readonly clock: Clock
  /** The store, its tables brought up to date before its first use. */
  store(): Promise<Store>
  /** The request budget of a credential, the same one for all that use it in this process. */
  budget(dockId: string, definition: AnyDock): RequestBudget
}

export function createContext(config: StackdockConfig): Context {
  const organization = config.organization ?? { id: "default", name: "Default" }
  const orgId = organization.id
  const budgets = new Map<string, Budget>()
  let migrated: Promise<void> | undefined

  async function prepareStore(): Promise<void> {
    await config.store.migrate()
    const now = new Date().toISOString()
    await config.store.organizations.ensure({ ...organization, slug: orgId, createdAt: now, updatedAt: now })
  }

  async function store(): Promise<Store> {
    migrated ??= prepareStore()
    try {
      await migrated
    } catch (error) {
      migrated = undefined
      throw error
    }
    return config.store
  }

  return {
    orgId,
    principal: { kind: "local" },
    requestId: "",
    roles: rolesWith(config.roles),
    docks: config.docks,
    vault: config.vault,
    clock: config.clock ?? systemClock,
    store,
    budget(dockId, definition) {
      const budget = budgets.get(dockId) ?? new Budget(definition.limits)
      budgets.set(dockId, budget)
      return budget
    },
  }
}

export function findDefinition(context: Context, provider: string): AnyDock {
  const found = context.docks.find((dock) => dock.provider === provider)
  if (found) return found
  throw new StackdockError(
    "unknown_provider",
    `This project has no dock for "${provider}".`,
    context.docks.length > 0
      ? `It has ${context.docks.map((dock) => dock.provider).join(", ")}. To add one, type: npx stackdock add ${provider}`
      : `Type: npx stackdock add ${provider}`,
  )
}

/** The docks of the organisation. */
export async function dockRows(context: Context): Promise<DockRow[]> {
  return (await context.store()).docks.list(context.orgId)
}

/** By id, or by name. */
export async function findDock(context: Context, idOrName: string): Promise<DockRow> {
  const rows = await dockRows(context)
  return dockNamed(rows, idOrName) ?? (await refuseUnknown(context, rows, idOrName))
}

export function dockNamed(rows: readonly DockRow[], idOrName: string): DockRow | undefined {
  return rows.find((row) => row.id === idOrName) ?? rows.find((row) => row.name === idOrName)
}

/** Names the others only to those who may list them. */
async function refuseUnknown(context: Context, rows: readonly DockRow[], idOrName: string): Promise<never> {
  const message = `No dock is called "${idOrName}".`
  if (!(await may(context, "docks:read"))) {
    throw new StackdockError("unknown_dock", message, "Ask somebody who can see the docks for its name.")
  }
  throw new StackdockError(
    "unknown_dock",
    message,
    rows.length > 0
      ? `Connected are ${rows.map((row) => row.name).join(", ")}.`
      : "None is connected. Type: npx stackdock connect <provider>",
  )
}

/** A client of the provider. Nothing is sent yet. */
export function connectApi(
  definition: AnyDock,
  credentials: unknown,
  options: { budget: RequestBudget } & Pick<HttpOptions, "meter" | "signal" | "rehearse">,
): unknown {
  const { provider, limits, problem } = definition
  return definition.connect(credentials, createHttp({ provider, limits, problem, ...options }))
}
