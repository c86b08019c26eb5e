import { Budget } from "../core/budget.ts"
import type { AnyDock } from "../core/dock.ts"
import { createHttp, type Meter } from "../core/http.ts"
import type { DockRow } from "../schema/docks.ts"
import { StackdockError } from "./errors.ts"
import type { Store, Vault } from "./ports.ts"
import type { StackdockConfig } from "./stackdock.ts"

/** What `createStackdock` and its parts share. */
export interface Context {
  readonly orgId: string
  readonly docks: readonly AnyDock[]
  readonly vault: Vault
  /** The store, its tables brought up to date before its first use. */
  store(): Promise<Store>
  dockRows(): Promise<DockRow[]>
  /** The request budget of a credential, the same one for all that use it in this process. */
  budget(dockId: string, definition: AnyDock): Budget
}

export function createContext(config: StackdockConfig): Context {
  const orgId = config.organization?.id ?? "default"
  const budgets = new Map<string, Budget>()
  let migrated: Promise<void> | undefined

  async function store(): Promise<Store> {
    migrated ??= config.store.migrate()
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
    docks: config.docks,
    vault: config.vault,
    store,
    dockRows: async () => (await store()).docks.list(orgId),
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

/** By id, or by name. */
export function findDock(rows: readonly DockRow[], idOrName: string): DockRow {
  const found = rows.find((row) => row.id === idOrName) ?? rows.find((row) => row.name === idOrName)
  if (found) return found
  throw new StackdockError(
    "unknown_dock",
    `No dock is called "${idOrName}".`,
    rows.length > 0
      ? `Connected are ${rows.map((row) => row.name).join(", ")}.`
      : "None is connected. Type: npx stackdock connect <provider>",
  )
}

/** A client of the provider. Nothing is sent yet. */
export function connectApi(
  definition: AnyDock,
  credentials: unknown,
  { budget, meter, signal }: { budget: Budget; meter: Meter; signal?: AbortSignal | undefined },
): unknown {
  const { provider, limits, problem } = definition
  return definition.connect(credentials, createHttp({ provider, limits, problem, budget, meter, signal }))
}
