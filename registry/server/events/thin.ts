import type { SyncEvent } from "../../engine/stackdock.ts"

const APART_MS = 200

/**
 * Lets a scope tell of its pages five times a second at most: a fast provider has hundreds. What a page says includes the
 * ones before it, so the newest is enough. All else passes at once, and in its order.
 */
export function thinned(tell: (event: SyncEvent) => void, now: () => number = Date.now) {
  const scopes = new Map<string, { told: number; held: SyncEvent | undefined }>()
  return (event: SyncEvent): void => {
    if (event.type === "page") {
      const scope = JSON.stringify([event.dockId, event.table, event.scope])
      const before = scopes.get(scope)
      if (before && now() - before.told < APART_MS) {
        before.held = event
        return
      }
      scopes.set(scope, { told: now(), held: undefined })
    } else if (event.type === "scope-finished" || event.type === "dock-finished") {
      // Whatever is held back has been overtaken, or is the last that there is of a scope that failed.
      for (const { held } of scopes.values()) if (held) tell(held)
      scopes.clear()
    }
    tell(event)
  }
}
