import type { Target } from "../engine/audit.ts"
import type { Needed } from "../engine/authority.ts"
import type { Context } from "../engine/context.ts"
import { guard } from "../engine/guard.ts"

/** Does it as one call of a public function of the engine: checked against the membership, and recorded if it changes something. */
export async function guarded<Result>(
  context: Context,
  name: string,
  needs: Needed,
  run: (context: Context) => Promise<Result>,
  target?: (context: Context) => Promise<Target | undefined>,
): Promise<Result> {
  const call = guard(context, name, { needs, run, ...(target ? { target } : {}) })
  // What it gives is what `run` gives.
  return (await call()) as Result
}
