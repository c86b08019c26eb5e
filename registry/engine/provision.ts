import type { MadeSoFar, Observation, Provision } from "../core/provision.ts"
import { isResourceTable, type ResourceTableName } from "../schema/index.ts"
import { type Intent, Pause } from "./intent.ts"
import type { OperationInput } from "./operation-input.ts"
import type { Decision } from "./provision-report.ts"
import { makeSteps, remains, rollBack, StepFailure } from "./provision-steps.ts"
import { putTold } from "./told-rows.ts"
import { lookUntilDone } from "./wait.ts"

/** Goes on with an intent from wherever it is: makes, waits, writes the row; or removes what was made. */
export async function proceedProvision(
  intent: Intent,
  provision: Provision,
  input: OperationInput | undefined,
  decision?: Decision,
): Promise<void> {
  if (decision?.kind === "abandon") return await abandon(intent, provision)
  const { isRollingBack, errorCode, errorMessage } = intent.row
  if (isRollingBack) {
    return await rollBack(intent, provision, {
      code: errorCode ?? "failed",
      message: errorMessage ?? "It failed.",
    })
  }
  if (!input) {
    throw new Pause(
      "needs_decision",
      "What was asked for can no longer be read as the dock reads it: give it again with the same request.",
    )
  }
  let made: MadeSoFar
  try {
    made = await makeSteps(intent, provision, input, decision)
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error
    return await rollBack(intent, provision, error)
  }
  const seen = await lookUntilDone(intent, async () => {
    const observation = await provision.observe(intent.api, made, input.value)
    return observation.state === "pending" ? { progress: observation.progress } : { done: observation }
  })
  if (seen) await settle(intent, seen, made)
}

type Outcome = Exclude<Observation, { state: "pending" }>

/** The row first: once the intent is finished, nobody looks at it again. */
async function settle(intent: Intent, seen: Outcome, made: MadeSoFar): Promise<void> {
  const now = intent.now()
  const table = tableOf(intent)
  const isReady = seen.state === "ready"
  const [id] = await putTold(
    intent.work,
    table,
    seen,
    {
      provisioningSource: "api",
      provisioningState: isReady ? "provisioned" : "failed",
      ...(isReady ? { provisionedAt: now } : {}),
    },
    now,
  )
  const providerResourceId = id ?? Object.values(made).at(-1)?.id ?? null
  if (isReady) {
    await intent.finish("provisioned", { providerResourceId, errorCode: null, errorMessage: null })
  } else {
    const { code: errorCode, message: errorMessage } = seen
    await intent.finish("failed", { providerResourceId, errorCode, errorMessage })
  }
}

async function abandon(intent: Intent, provision: Provision): Promise<void> {
  const { state, errorCode, errorMessage, steps } = intent.row
  for (const step of steps) {
    if (step.outcome === "started") await intent.saveStep({ ...step, outcome: "unknown" })
  }
  await rollBack(
    intent,
    provision,
    state === "failed"
      ? { code: errorCode ?? "failed", message: (errorMessage ?? "It failed.").replace(remains(steps), "") }
      : { code: "abandoned", message: "It was given up." },
  )
}

export function tableOf({ row: { tableName } }: Intent): ResourceTableName {
  if (isResourceTable(tableName)) return tableName
  throw new Pause("unknown_table", `There is no table "${tableName}".`)
}
