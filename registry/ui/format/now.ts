import { useSyncExternalStore } from "react"

const listeners = new Set<() => void>()
const PERIOD = 15_000
let now = new Date()
let timer: ReturnType<typeof setInterval> | undefined

/** The time, as often as words about times may change: one clock for all that show one. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    now = new Date()
    timer = setInterval(tick, PERIOD)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  now = new Date()
  for (const listener of listeners) listener()
}
