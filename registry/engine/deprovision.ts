import type { Provision } from "../core/provision.ts"
import { type Intent, Pause } from "./intent.ts"
import type { RowMarks } from "./ports.ts"
import { tableOf } from "./provision.ts"
import type { Decision } from "./provision-report.ts"
import { StepFailure, verdictOn } from "./provision-steps.ts"
import { lookUntilDone } from "./wait.ts"

/** Removes the thing at the provider, waits until it is gone, and marks its row. Doing it again is the same as doing it once. */
export async function proceedDeprovision(
  intent: Intent,
  provision: Provision,
  decision?: Decision,
): Promise<void> {
  const { store, dock } = intent.work
  const table = tableOf(intent)
  const key = { orgId: dock.orgId, dockId: dock.id, providerResourceId: intent.row.providerResourceId ?? "" }
  const mark = (marks: RowMarks) => store.rows.mark(table, key, marks, intent.now())
  const fail = async (errorCode: string, errorMessage: string) => {
    await mark({ provisioningState: "failed" })
    await intent.finish("failed", { errorCode, errorMessage })
  }

  if (decision?.kind === "abandon") return await fail("abandoned", "It was given up.")
  const row = await store.rows.find(table, key)
  if (!row) return await fail("unknown_resource", "Its row is gone.")
  await mark({ provisioningState: "deprovisioning" })
  try {
    await provision.destroy(intent.api, row)
  } catch (error) {
    if (verdictOn(error) !== "refused") throw Pause.because(error)
    const { code, message } = new StepFailure(error)
    return await fail(code, message)
  }
  const isGone = await lookUntilDone(intent, async () =>
    (await provision.isGone?.(intent.api, row)) === false ? { progress: undefined } : { done: true },
  )
  if (!isGone) return
  await mark({ provisioningState: "deprovisioned", deletedAt: intent.now() })
  await intent.finish("deprovisioned", { errorCode: null, errorMessage: null })
}
