import { DockError } from "../core/errors.ts"
import { type Context, findDefinition, findDock } from "./context.ts"
import { openApi } from "./open-api.ts"
import { readInput } from "./operation-input.ts"
import { findAction, findResource } from "./operations.ts"
import type { ActionReport, ActionRequest } from "./provision-report.ts"
import { verdictOn } from "./provision-steps.ts"
import { putTold } from "./told-rows.ts"

/** Does one thing to one row. */
export async function act(context: Context, request: ActionRequest): Promise<ActionReport> {
  const { resourceId, action: name, signal } = request
  const { table, row } = await findResource(context, resourceId)
  const dock = await findDock(context, row.dockId)
  const definition = findDefinition(context, dock.provider)
  const action = findAction(definition, table, row, name)
  const help = `See what it takes: npx stackdock action ${resourceId} ${name} --help`
  const input = readInput(action.input, request.input, help)
  const api = await openApi(context, dock, definition, { signal })

  const once = { idempotencyKey: crypto.randomUUID() }
  const result = await action.run(api, row, input.value, once).catch((error: unknown) => {
    throw verdictOn(error) === "unknown" ? unknownOutcome(error) : error
  })
  const scope = result.scope ?? { id: row.scope }
  const told = { item: result.item, scope }
  await putTold(
    { store: await context.store(), dock, definition },
    table,
    told,
    {},
    new Date(context.clock.now()).toISOString(),
  )
  return {
    resourceId,
    action: name,
    message: result.message,
    madeProviderResourceId: result.madeProviderResourceId ?? null,
    shows: result.shows ?? [],
  }
}

/** It must not be done again without a look. */
function unknownOutcome(error: unknown): unknown {
  if (!(error instanceof DockError)) return error
  return new DockError({
    ...error.toJSON(),
    suggestion: "It is not known whether it was done. Look at the provider before you try again.",
  })
}
