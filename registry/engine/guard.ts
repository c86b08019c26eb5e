import { type Outcome, record, type Target } from "./audit.ts"
import { may, type Needed } from "./authority.ts"
import type { Context } from "./context.ts"
import { StackdockError } from "./errors.ts"
import { reportedError } from "./reported-error.ts"

type AnyFunction = (...args: never[]) => unknown

/** A public function: what it needs, what the audit log says of it, and what it does. */
export type PublicFunction<F extends AnyFunction> = {
  /** Whoever lacks it gets the same answer whatever there is, and whether there is anything at all. */
  readonly needs: Needed | ((...args: Parameters<F>) => Needed)
  run(context: Context, ...args: Parameters<F>): ReturnType<F>
  /** The row it is asked to touch. It is looked up before anything is done, also for those who are denied. */
  target?(context: Context, ...args: Parameters<F>): Promise<Target | undefined>
} & (ReturnType<F> extends AsyncIterable<unknown>
  ? { readonly streams: true }
  : {
      readonly streams?: never
      /** It changes nothing, though it needs `full`: the audit log does not tell of it. */
      readonly isReading?: true
      /** What it touched and how that ended, where `target` and "it did not throw" are not all. */
      outcomes?(result: Awaited<ReturnType<F>>): readonly Outcome[]
    })

/** As the wrapper sees every one of them. */
interface Guarded {
  readonly needs: Needed | ((...args: readonly unknown[]) => Needed)
  readonly streams?: boolean
  readonly isReading?: boolean
  run(context: Context, ...args: readonly unknown[]): unknown
  target?(context: Context, ...args: readonly unknown[]): Promise<Target | undefined>
  outcomes?(result: unknown): readonly Outcome[]
}

/**
 * The one way to a public function: whoever calls it is checked against their membership, and what changes something is
 * recorded, however it ends. Reading is recorded only when it is denied.
 */
export function guard(context: Context, name: string, definition: Guarded) {
  return (...args: readonly unknown[]): unknown => {
    const requestId = context.requestId || crypto.randomUUID()
    const call: Call = { context: { ...context, requestId }, name, definition, args }
    return definition.streams ? stream(call) : run(call)
  }
}

interface Call {
  readonly context: Context
  readonly name: string
  readonly definition: Guarded
  readonly args: readonly unknown[]
}

async function* stream(call: Call): AsyncGenerator<unknown> {
  await admit(call, neededFor(call), undefined)
  yield* call.definition.run(call.context, ...call.args) as AsyncIterable<unknown>
}

async function run(call: Call): Promise<unknown> {
  const { context, name, definition, args } = call
  const needed = neededFor(call)
  const isRecorded = !needed.endsWith(":read") && !definition.isReading
  const target = await targetOf(call)
  await admit(call, needed, target)

  let result: unknown
  try {
    result = await definition.run(context, ...args)
  } catch (error) {
    // What went wrong is more important to tell than that it could not be written down.
    if (isRecorded) await record(context, name, [{ target, ...failureOf(error) }]).catch(() => {})
    throw error
  }
  if (isRecorded) await recordDone(call, definition.outcomes?.(result) ?? [], target)
  return result
}

/** Throws for whoever may not. It is the same error for no permission, no membership and no organisation. */
async function admit({ context, name }: Call, needed: Needed, target: Target | undefined): Promise<void> {
  if (await may(context, needed)) return
  const store = await context.store()
  if (await store.organizations.get(context.orgId)) {
    await record(context, name, [{ target, errorCode: "denied" }]).catch(() => {})
  }
  throw denied(needed)
}

export function denied(needed: Needed): StackdockError {
  return new StackdockError(
    "denied",
    `This needs the permission ${needed}.`,
    "Ask an owner of the organisation for a role that has it.",
  )
}

async function recordDone(call: Call, outcomes: readonly Outcome[], target: Target | undefined) {
  try {
    await record(call.context, call.name, outcomes.length > 0 ? outcomes : [{ target }])
  } catch (error) {
    const { code } = reportedError(error)
    throw new StackdockError(
      "not_recorded",
      `It was done, but the audit log could not be written (${code}).`,
      "Mend the database, and do not do it again.",
    )
  }
}

function neededFor({ definition: { needs }, args }: Call): Needed {
  return typeof needs === "function" ? needs(...args) : needs
}

/** A row that cannot be looked up is no reason to do or to refuse anything. */
async function targetOf({ context, definition, args }: Call): Promise<Target | undefined> {
  try {
    return await definition.target?.(context, ...args)
  } catch {
    return undefined
  }
}

function failureOf(error: unknown): { errorCode: string } {
  return { errorCode: reportedError(error).code }
}
