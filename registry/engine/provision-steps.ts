import { DockError } from "../core/errors.ts"
import { providerData } from "../core/provider-data.ts"
import type { Made, MadeSoFar, Provision, Step, StepContext } from "../core/provision.ts"
import type { ProvisioningStep } from "../schema/provisionings.ts"
import { type Intent, NEEDS_DECISION, Pause } from "./intent.ts"
import type { OperationInput } from "./operation-input.ts"
import type { Decision } from "./provision-report.ts"
import { reportedError } from "./reported-error.ts"

/**
 * How long after a try was begun it may still come to something: a provider works on when whoever asked is gone. Only
 * then is "it is not there" believed.
 */
const SETTLE_MS = 10_000

/** A step that cannot be done. What the ones before made has to go. */
export class StepFailure extends Error {
  readonly code: string

  constructor(error: unknown) {
    const { code, message } = reportedError(error)
    super(message)
    this.code = error instanceof DockError ? (error.providerCode ?? code) : code
  }
}

/** Makes what is not made yet, one step after the other. Each is on record before the provider is asked. */
export async function makeSteps(
  intent: Intent,
  { steps }: Provision,
  input: OperationInput,
  decision: Decision | undefined,
): Promise<MadeSoFar> {
  const made: Record<string, Made> = {}
  for (const [index, step] of steps.entries()) {
    if (step.applies && !step.applies(input.value)) continue
    const context: StepContext = { made: { ...made }, idempotencyKey: `${intent.row.id}-${index}` }
    const known = intent.step(step.name)
    made[step.name] =
      known?.outcome === "made"
        ? madeOf(known)
        : ((known && (await settled(intent, step, known, input, context, decision))) ??
          (await create(intent, step, known, input, context)))
  }
  return made
}

/** What an interrupted try has made. Null when it has certainly made nothing. */
async function settled(
  intent: Intent,
  step: Step,
  known: ProvisioningStep,
  input: OperationInput,
  context: StepContext,
  decision: Decision | undefined,
): Promise<Made | null> {
  if (decision?.kind === "retry") return null
  if (decision?.kind === "adopt") return await keep(intent, known, { id: decision.id })
  const { title } = intent.work.definition
  if (!step.find) {
    throw new Pause(
      NEEDS_DECISION,
      `It is not known whether the ${step.name} was made: the work was interrupted, and ${title} offers no way to tell.`,
    )
  }
  const age = intent.clock.now() - Date.parse(known.startedAt)
  if (age < SETTLE_MS) await intent.sleep(SETTLE_MS - age)
  const found = await step.find(intent.api, input.value, context).catch((error: unknown) => {
    throw Pause.because(error)
  })
  if (found && found.id === known.foundBefore) {
    throw new Pause(
      NEEDS_DECISION,
      `It is not known whether the ${step.name} was made: ${title} had one like it before (${found.id}).`,
    )
  }
  return found && (await keep(intent, known, found))
}

async function create(
  intent: Intent,
  step: Step,
  known: ProvisioningStep | undefined,
  input: OperationInput,
  context: StepContext,
): Promise<Made> {
  intent.throwIfCanceled()
  if (!input.isWhole) {
    throw new Pause(
      NEEDS_DECISION,
      `The ${step.name} is still to be made, and needs secrets that were kept nowhere: give them again with the same request.`,
    )
  }
  const { name } = step
  const foundBefore = known ? known.foundBefore : await idBefore(intent, step, input, context)
  const started: ProvisioningStep = {
    name,
    outcome: "started",
    startedAt: intent.now(),
    foundBefore,
    id: null,
    data: null,
    error: null,
  }
  await intent.saveStep(started)
  let made: Made
  try {
    made = await step.create(intent.api, input.value, context)
  } catch (error) {
    const verdict = verdictOn(error)
    if (verdict === "unknown") throw Pause.because(error)
    const failure = verdict === "later" ? Pause.because(error) : new StepFailure(error)
    await intent.dropStep(name, { errorCode: failure.code, errorMessage: failure.message })
    throw failure
  }
  return await keep(intent, started, made)
}

/** Somebody else may have one like it. What is found after an interruption must not be taken for ours then. */
async function idBefore(
  intent: Intent,
  step: Step,
  input: OperationInput,
  context: StepContext,
): Promise<string | null> {
  try {
    return (await step.find?.(intent.api, input.value, context))?.id ?? null
  } catch (error) {
    throw verdictOn(error) === "refused" ? new StepFailure(error) : Pause.because(error)
  }
}

async function keep(intent: Intent, known: ProvisioningStep, made: Made): Promise<Made> {
  const { id, data, shows = [] } = made
  intent.show(shows)
  const step: ProvisioningStep = {
    ...known,
    outcome: "made",
    id,
    data: data ? providerData(data) : null,
  }
  await intent.saveStep(step, { errorCode: null, errorMessage: null })
  return madeOf(step)
}

export function madeOf({ id, data }: ProvisioningStep): Made {
  return { id: id ?? "", ...(data ? { data } : {}) }
}

/**
 * What an error says of what was asked for: the provider has said no, or not now; after anything else, such as a timeout,
 * it may have been done.
 */
export function verdictOn(error: unknown): "refused" | "later" | "unknown" {
  if (!(error instanceof DockError)) return "unknown"
  switch (error.code) {
    case "rate_limited":
      return "later"
    case "timeout":
    case "network":
    case "canceled":
    case "invalid_response":
    case "incomplete_listing":
      return "unknown"
    case "provider_error":
      return error.status !== undefined && error.status < 500 ? "refused" : "unknown"
    default:
      return "refused"
  }
}

/** Removes what was made, the last first. What cannot be removed is left, and said. */
export async function rollBack(
  intent: Intent,
  { steps }: Provision,
  failure: { readonly code: string; readonly message: string },
): Promise<void> {
  await intent.save({ isRollingBack: true, errorCode: failure.code, errorMessage: failure.message })
  const made = Object.fromEntries(
    intent.row.steps.filter(({ id }) => id !== null).map((step) => [step.name, madeOf(step)]),
  )
  for (const known of [...intent.row.steps].reverse()) {
    if (known.outcome !== "made" && known.outcome !== "left") continue
    const step = steps.find(({ name }) => name === known.name)
    intent.throwIfCanceled()
    try {
      if (!step) throw new StepFailure(new TypeError(`The dock no longer has the step "${known.name}".`))
      await step.undo(intent.api, madeOf(known), { made })
    } catch (error) {
      intent.throwIfCanceled()
      await intent.saveStep({ ...known, outcome: "left", error: reportedError(error).message })
      continue
    }
    await intent.saveStep({ ...known, outcome: "undone", error: null })
  }
  await intent.finish("failed", { errorMessage: failure.message + remains(intent.row.steps) })
}

export function remains(steps: readonly ProvisioningStep[]): string {
  const left = steps.filter(({ outcome }) => outcome === "left").map(({ name, id }) => `${name} ${id}`)
  const unknown = steps.filter(({ outcome }) => outcome === "unknown").map(({ name }) => name)
  const said = [
    ...(left.length > 0 ? [`Could not be removed: ${left.join(", ")}.`] : []),
    ...(unknown.length > 0 ? [`May have been made: ${unknown.join(", ")}.`] : []),
  ]
  return said.map((sentence) => ` ${sentence}`).join("")
}
