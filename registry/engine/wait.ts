import { DockError } from "../core/errors.ts"
import { isWorthRepeating } from "../core/retry.ts"
import { type Intent, Pause } from "./intent.ts"

const FIRST_MS = 2_000
const LONGEST_MS = 30_000
const IN_ALL_MS = 30 * 60_000

/** What a look gives, or how far it is. */
export type Look<Result> = { readonly done: Result } | { readonly progress: string | undefined }

/**
 * Looks until it is done: less and less often, and not for ever. A look that fails in a way that passes is one that has
 * seen nothing. Without `wait`, it looks once.
 */
export async function lookUntilDone<Result>(
  intent: Intent,
  look: () => Promise<Look<Result>>,
): Promise<Result | undefined> {
  const until = intent.clock.now() + IN_ALL_MS
  for (let ms = FIRST_MS; ; ms = Math.min(LONGEST_MS, ms * 1.5)) {
    intent.throwIfCanceled()
    const seen = await look().catch((error: unknown) => {
      if (intent.work.wait && passes(error)) return { progress: undefined }
      throw Pause.because(error)
    })
    if ("done" in seen) return seen.done
    intent.emit({ type: "waiting", id: intent.row.id, progress: seen.progress ?? null })
    if (!intent.work.wait) return undefined
    if (intent.clock.now() + ms > until) {
      throw new Pause("not_ready", `It was not ready after ${IN_ALL_MS / 60_000} minutes.`)
    }
    await intent.sleep(ms)
  }
}

/** What was made a moment ago may not be found everywhere yet. */
function passes(error: unknown): boolean {
  return error instanceof DockError && (isWorthRepeating(error) || error.code === "not_found")
}
