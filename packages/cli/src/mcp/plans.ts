import { createHash, randomUUID } from "node:crypto"
import { CliError } from "../framework/error.ts"
import type { Ran } from "./run-inside.ts"

/** Runs a command of the command line: `add`, with these arguments. */
export type RunCommand = (name: string, argv: readonly string[]) => Promise<Ran>

interface Plan {
  readonly name: string
  readonly argv: readonly string[]
  /** Of what the dry run said. */
  readonly digest: string
}

/**
 * Nothing is written but by a plan that was shown. A plan is a dry run; applying it makes the same dry run again, and goes on
 * only when it says the same. Each is good for once.
 */
export class Plans {
  readonly #run: RunCommand
  readonly #plans = new Map<string, Plan>()

  constructor(run: RunCommand) {
    this.#run = run
  }

  async make(name: string, argv: readonly string[]): Promise<Ran & { readonly token: string | undefined }> {
    const ran = await this.#run(name, [...argv, "--dry-run"])
    if (ran.code !== 0) return { ...ran, token: undefined }
    const token = randomUUID()
    this.#plans.set(token, { name, argv, digest: digestOf(ran) })
    return { ...ran, token }
  }

  async apply(token: string): Promise<Ran> {
    const plan = this.#plans.get(token)
    if (!plan) {
      throw new CliError({
        code: "unknown_plan",
        message: "There is no such plan, or it was applied already.",
        hint: "Make a plan first, show it to the person, and apply it with its token.",
      })
    }
    this.#plans.delete(token)
    const again = await this.#run(plan.name, [...plan.argv, "--dry-run"])
    if (digestOf(again) !== plan.digest) {
      throw new CliError({
        code: "plan_changed",
        message:
          "What would be done is no longer what was planned: the project or the registry has changed since.",
        hint: "Nothing was written. Plan again, and show the new plan.",
        exitCode: 3,
      })
    }
    return await this.#run(plan.name, [...plan.argv, "--yes"])
  }
}

function digestOf({ code, document, notes }: Ran): string {
  return createHash("sha256")
    .update(JSON.stringify([code, document, notes]))
    .digest("hex")
}
