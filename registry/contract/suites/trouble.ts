import type { AnyDock } from "../../core/dock.ts"
import { DockError } from "../../core/errors.ts"
import { errorFromBody } from "../../core/problem.ts"
import type { Theatre } from "../provisioning.ts"
import { RecordedProvider, type Trouble } from "../recorded-provider.ts"
import { type Recording, responseOf } from "../recording.ts"
import { FAKE_SECRET } from "../scan.ts"

/** A provider at the beginning of a cycle. `name` is the cycle, `of` the kind or action that it is one of. */
export function providerOf(
  theatre: Theatre,
  name: string,
  of: string,
  again: readonly string[] = [],
): RecordedProvider {
  const cycle = theatre.cycle(name)
  const after = [...theatre.named(`${name}-interrupted`), ...theatre.named(`${of}-interrupted`)]
  return new RecordedProvider({
    cycle,
    again: cycle.filter(({ file }) => again.some((one) => file.endsWith(`/${one}`))),
    told: [
      { from: 0, recordings: [...theatre.cycle(`${name}-not-begun`), ...theatre.cycle(`${of}-not-begun`)] },
      ...after.map((told) => ({
        from: Number(/-(\d+)$/.exec(told)?.[1] ?? 1),
        recordings: theatre.cycle(told),
      })),
    ],
    undone: theatre.cycle(`${name}-undone`),
    account: theatre.account,
  })
}

/**
 * The provider's own refusal of a request, where one was recorded (`<name>-refused`, `<name>-stays`); otherwise what it says
 * to whoever may not.
 */
export function refusalOf(theatre: Theatre, of: readonly string[], refused: Recording): Recording {
  const own = of
    .flatMap((name) => [...theatre.named(`${name}-refused`), ...theatre.named(`${name}-stays`)])
    .flatMap((name) => theatre.cycle(name))
    .find(
      ({ request, response }) =>
        response.status >= 400 &&
        request.method === refused.request.method &&
        request.url === refused.request.url,
    )
  const found = own ?? theatre.refusals.find(({ response: { status } }) => status === 403)
  if (!found) throw new Error("No refusal with the status 403 is recorded in errors/.")
  return found
}

export function refusing(at: Recording, refusal: Recording): Trouble {
  return { at, happens: false, answer: () => responseOf(refusal.response) }
}

/** As the client tells it when there was no answer in time. */
export function timingOut(dock: AnyDock, at: Recording, happens: boolean): Trouble {
  return {
    at,
    happens,
    answer() {
      throw new DockError({ code: "timeout", provider: dock.provider, message: "It took longer than 30 s." })
    },
  }
}

/** What the provider says in a refusal, up to where it repeats a secret. */
export function wordsOf(dock: AnyDock, { response: { body, status } }: Recording): string {
  const problem = dock.problem?.(body, status) ?? errorFromBody(body)
  const words = problem?.message ?? errorFromBody(body)?.message ?? String(status)
  return words.split(FAKE_SECRET)[0] ?? ""
}
