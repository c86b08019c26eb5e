import type { JsonObject } from "../core/provider-data.ts"
import type { Made } from "../core/provision.ts"
import type { RehearsedRequest } from "../core/rehearsal.ts"
import type { DockRow } from "../schema/docks.ts"
import { type Context, findDefinition, findDock } from "./context.ts"
import { openApi } from "./open-api.ts"
import { readInput } from "./operation-input.ts"
import { findAction, findKind, findResource, kindOfRow } from "./operations.ts"
import type { RehearsalRequest, RehearsedStep } from "./provision-report.ts"
import { describe } from "./reported-error.ts"

/** Runs the very code that would do it, with a client that sends nothing, and tells what it would send first. */
export async function rehearse(context: Context, request: RehearsalRequest): Promise<RehearsedStep[]> {
  if (request.of === "provision") {
    const dock = await findDock(context, request.dock)
    const { input: schema, steps } = findKind(findDefinition(context, dock.provider), request.kind)
    const help = `See what it takes: npx stackdock provision ${dock.name} ${request.kind} --help`
    const input = readInput(schema, request.input, help)
    const made: Record<string, Made> = {}
    const rehearsed: RehearsedStep[] = []
    for (const step of steps) {
      if (step.applies && !step.applies(input.value)) continue
      const idempotencyKey = "{idempotency key}"
      rehearsed.push(
        await rehearseStep(context, dock, step.name, (api) =>
          step.create(api, input.value, { made: { ...made }, idempotencyKey }),
        ),
      )
      made[step.name] = placeholder(step.name)
    }
    return rehearsed
  }
  const { table, row } = await findResource(context, request.resourceId)
  const dock = await findDock(context, row.dockId)
  const definition = findDefinition(context, dock.provider)
  if (request.of === "deprovision") {
    const { kind, provision } = kindOfRow(definition, table, row)
    return [await rehearseStep(context, dock, kind, (api) => provision.destroy(api, row))]
  }
  const action = findAction(definition, table, row, request.action)
  const help = `See what it takes: npx stackdock action ${request.resourceId} ${request.action} --help`
  const input = readInput(action.input, request.input, help)
  const once = { idempotencyKey: "{idempotency key}" }
  return [await rehearseStep(context, dock, request.action, (api) => action.run(api, row, input.value, once))]
}

async function rehearseStep(
  context: Context,
  dock: DockRow,
  step: string,
  create: (api: unknown) => Promise<unknown>,
): Promise<RehearsedStep> {
  const told: RehearsedRequest[] = []
  const api = await openApi(context, dock, findDefinition(context, dock.provider), {
    rehearse: (request) => told.push(request),
  })
  let failure = ""
  try {
    await create(api)
  } catch (error) {
    failure = describe(error)
  }
  const [request = null] = told
  const note =
    request?.method === "GET"
      ? "What follows depends on the answer."
      : request
        ? null
        : `Nothing can be shown before the steps before it are done (${failure || "it sends nothing"}).`
  return { step, request, note }
}

/** `{project}` for the id of what is not made yet, and `{project.zone}` for what else would be known of it. */
function placeholder(step: string): Made {
  const data = new Proxy<JsonObject>({}, { get: (_, key) => `{${step}.${String(key)}}` })
  return { id: `{${step}}`, data }
}
