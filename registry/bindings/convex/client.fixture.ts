import { anyApi, type FunctionReference, getFunctionName } from "convex/server"
import type { Deployment } from "../../convex/deployment.fixture.ts"
import type { ConvexClient, StackdockApi } from "./functions.ts"

/** As a project's `convex/_generated/api` has it: functions by their names, wherever they are. */
export const api = anyApi["stackdock"] as unknown as StackdockApi

interface Watched {
  answer: { value: unknown } | { error: unknown } | undefined
  ask(): Promise<unknown>
  readonly callbacks: Set<() => void>
}

/**
 * Convex's client, over a deployment in the process of the test. It tells what has changed when it is asked to look: there
 * is no time in it.
 */
export function clientOf(here: Deployment, subject: string) {
  const caller = here.as(subject)
  const watched = new Map<string, Watched>()
  const nameOf = (reference: FunctionReference<"query" | "action">) =>
    getFunctionName(reference).replace("stackdock:", "")
  const look = async () => {
    for (const one of [...watched.values()]) {
      if (one.callbacks.size === 0) continue
      const before = JSON.stringify(one.answer)
      one.answer = await one.ask().then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      )
      if (JSON.stringify(one.answer) !== before) for (const callback of [...one.callbacks]) callback()
    }
  }
  const client = {
    query: (query: FunctionReference<"query">, args: Record<string, unknown>) =>
      caller.query(nameOf(query), args),
    action: (action: FunctionReference<"action">, args: Record<string, unknown>) =>
      caller.action(nameOf(action), args),
    watchQuery(query: FunctionReference<"query">, args: Record<string, unknown>) {
      const key = `${nameOf(query)} ${JSON.stringify(args)}`
      const ask = () => caller.query(nameOf(query), args)
      const one: Watched = watched.get(key) ?? { answer: undefined, ask, callbacks: new Set() }
      watched.set(key, one)
      return {
        onUpdate(callback: () => void) {
          one.callbacks.add(callback)
          return () => {
            one.callbacks.delete(callback)
            if (one.callbacks.size === 0) one.answer = undefined
          }
        },
        localQueryResult() {
          if (one.answer === undefined) return undefined
          if ("error" in one.answer) throw one.answer.error
          return one.answer.value
        },
      }
    },
  }
  return {
    client: client as unknown as ConvexClient,
    look,
    watching: () => [...watched].filter(([, { callbacks }]) => callbacks.size > 0).map(([key]) => key),
  }
}
