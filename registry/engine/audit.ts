import type { AuditEntry } from "../schema/audit-log.ts"
import type { TableName } from "../schema/index.ts"
import { principalName } from "./authority.ts"
import type { Context } from "./context.ts"

/** The row that something was done to. `id` is null where no such row was found, or where it is about many. */
export interface Target {
  readonly table: TableName
  readonly id: string | null
}

/** How something ended. Without a code, it succeeded. */
export interface Outcome {
  readonly target: Target | undefined
  readonly errorCode?: string | undefined
}

/**
 * Writes what was done into the audit log, in a transaction of its own: it stays when what it tells of fails. An entry holds
 * ids and words of our own, never what was sent.
 */
export async function record(context: Context, action: string, outcomes: readonly Outcome[]): Promise<void> {
  const result = (errorCode: string | undefined) =>
    errorCode === undefined ? "succeeded" : errorCode === "denied" ? "denied" : "failed"
  const at = new Date().toISOString()
  const entries = outcomes.map(
    ({ target, errorCode }): AuditEntry => ({
      id: crypto.randomUUID(),
      orgId: context.orgId,
      actor: principalName(context.principal),
      action,
      targetTable: target?.table ?? null,
      targetId: target?.id ?? null,
      result: result(errorCode),
      errorCode: errorCode ?? null,
      requestId: context.requestId,
      at,
    }),
  )
  const store = await context.store()
  await store.audit.append(entries)
}
