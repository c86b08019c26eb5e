import type { Clock } from "../core/clock.ts"
import type { AnyDock } from "../core/dock.ts"
import type { ShownOnce } from "../core/provision.ts"
import type { DockRow } from "../schema/docks.ts"
import type { Provisioning, ProvisioningStep } from "../schema/provisionings.ts"
import { StackdockError } from "./errors.ts"
import { type Claim, takeLease } from "./lease.ts"
import type { IntentChanges, Store } from "./ports.ts"
import type { ProvisionEvent } from "./provision-report.ts"
import { reportedError } from "./reported-error.ts"

/** What work on an intent needs, whichever intent it is. */
export interface IntentWork {
  readonly store: Store
  readonly dock: DockRow
  readonly definition: AnyDock
  /** Makes the dock's client, or a promise of it. It stops at `signal`. */
  connect(signal: AbortSignal): unknown
  readonly wait?: boolean | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((event: ProvisionEvent) => void) | undefined
  /** Whoever had the intent before was ended in the middle of it, and has told nobody. */
  readonly onInterrupted: () => Promise<void>
  readonly clock: Clock
}

/** Stands as the error's code while a person has to decide. */
export const NEEDS_DECISION = "needs_decision"

/** Ends the work for now. The intent stays unfinished, and the next run goes on with it. */
export class Pause extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }

  static because(error: unknown): Pause {
    const { code, message } = reportedError(error)
    return new Pause(code, message)
  }
}

/** One intent, while this process has its lease. Each change is stored before the work goes on. */
export class Intent {
  readonly work: IntentWork
  readonly api: unknown
  readonly signal: AbortSignal
  readonly shows: ShownOnce[] = []
  readonly #holder: string
  #row: Provisioning

  constructor(work: IntentWork, row: Provisioning, holder: string, api: unknown, signal: AbortSignal) {
    this.work = work
    this.#row = row
    this.#holder = holder
    this.api = api
    this.signal = signal
  }

  get row(): Provisioning {
    return this.#row
  }

  get clock(): Clock {
    return this.work.clock
  }

  now(): string {
    return new Date(this.clock.now()).toISOString()
  }

  async save(changes: IntentChanges): Promise<void> {
    const all = { ...changes, updatedAt: this.now() }
    const { orgId, id } = this.#row
    await this.work.store.provisionings.update({ orgId, id, holder: this.#holder }, all)
    this.#row = { ...this.#row, ...all }
  }

  async finish(state: "provisioned" | "failed" | "deprovisioned", changes: IntentChanges): Promise<void> {
    await this.save({ ...changes, state, isRollingBack: false, finishedAt: this.now() })
  }

  step(name: string): ProvisioningStep | undefined {
    return this.#row.steps.find((step) => step.name === name)
  }

  async saveStep(step: ProvisioningStep, changes: IntentChanges = {}): Promise<void> {
    const others = this.#row.steps.filter(({ name }) => name !== step.name)
    const isNew = others.length === this.#row.steps.length
    const steps = isNew
      ? [...others, step]
      : this.#row.steps.map((known) => (known.name === step.name ? step : known))
    await this.save({ ...changes, steps })
    const { name, outcome, error } = step
    this.emit({ type: "step", id: this.#row.id, step: name, outcome, error })
  }

  /** A step that the provider has refused has left nothing behind. */
  async dropStep(name: string, changes: IntentChanges): Promise<void> {
    await this.save({ ...changes, steps: this.#row.steps.filter((step) => step.name !== name) })
  }

  show(shows: readonly ShownOnce[]): void {
    if (shows.length === 0) return
    this.shows.push(...shows)
    this.emit({ type: "shown", id: this.row.id, shows })
  }

  emit(event: ProvisionEvent): void {
    this.work.onProgress?.(event)
  }

  async sleep(ms: number): Promise<void> {
    this.throwIfCanceled()
    await this.clock.sleep(ms, this.signal)
    this.throwIfCanceled()
  }

  throwIfCanceled(): void {
    if (this.signal.aborted) throw new Pause("canceled", "The work was canceled before it was done.")
  }
}

/** How long a killed process keeps others out. Short: the next run waits for it. */
export const LEASE_MS = 15_000

/**
 * Does the work under the intent's lease. A pause is put on record; nothing else that goes wrong is taken for an outcome.
 * `holder` is whoever wrote a new intent, and has its lease from the start.
 */
export async function underLease(
  work: IntentWork,
  row: Provisioning,
  { holder, isResumed }: { holder?: string; isResumed: boolean },
  proceed: (intent: Intent) => Promise<void>,
): Promise<Intent> {
  const stop = new AbortController()
  const abort = () => stop.abort()
  if (work.signal?.aborted) abort()
  work.signal?.addEventListener("abort", abort)
  try {
    const api = await work.connect(stop.signal)
    const { lease, current, isInterrupted } = await claim(work, row, holder, abort)
    try {
      if (isInterrupted) await work.onInterrupted()
      const intent = new Intent(work, current, lease.holder, api, stop.signal)
      const { id, operation, kind } = current
      intent.emit({ type: "started", id, operation, kind, isResumed })
      try {
        await proceed(intent)
      } catch (error) {
        if (!(error instanceof Pause)) throw error
        await intent.save({ errorCode: error.code, errorMessage: error.message })
      }
      return intent
    } finally {
      // A lease that cannot be given back ends by itself.
      await lease.release().catch(() => {})
    }
  } finally {
    work.signal?.removeEventListener("abort", abort)
  }
}

async function claim(work: IntentWork, row: Provisioning, holder: string | undefined, onLost: () => void) {
  const { store, clock } = work
  const { orgId, id } = row
  const take = (): Promise<Claim> =>
    takeLease({
      of: {
        acquire: (claim) => store.provisionings.acquire({ orgId, id, holder: claim.holder }, claim),
        release: (holder) => store.provisionings.release({ orgId, id, holder }),
      },
      ...(holder === undefined ? {} : { holder }),
      leaseMs: LEASE_MS,
      now: clock.now,
      onLost,
    })
  // Whoever comes to an end by itself gives the lease back.
  let isHeld = holder === undefined && row.leaseHolder !== null
  let taken = await take()
  if (!taken.taken) {
    // Whoever has it may have been killed: then it is not prolonged.
    await clock.sleep(Math.max(0, Date.parse(taken.busyUntil) - clock.now()), work.signal)
    isHeld = ((await store.provisionings.get(orgId, { id }))?.leaseHolder ?? null) !== null
    taken = await take()
  }
  if (!taken.taken) {
    throw new StackdockError(
      "busy",
      "Another process is at work on this.",
      `See how far it is: npx stackdock provisionings ${id}`,
    )
  }
  const current = await store.provisionings.get(orgId, { id })
  if (!current) {
    await taken.lease.release()
    throw unknownProvisioning(id)
  }
  return { lease: taken.lease, current, isInterrupted: isHeld }
}

export function unknownProvisioning(id: string): StackdockError {
  return new StackdockError(
    "unknown_provisioning",
    `There is no provisioning "${id}".`,
    "npx stackdock provisionings",
  )
}
