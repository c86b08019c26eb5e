import type { ResourceChange } from "../../../engine/reading.ts"

const HOUR = 3_600_000

/** What happened within one hour. */
export interface ChangeHour {
  /** When the hour begins, in milliseconds. */
  start: number
  added: number
  changed: number
  removed: number
}

/** The last `count` hours up to and with the one of `now`, the oldest first. What came back counts as added. */
export function changeHours(
  changes: readonly Pick<ResourceChange, "kind" | "at">[],
  now: Date,
  count: number,
): ChangeHour[] {
  const last = hourOf(now.getTime())
  const hours = Array.from({ length: count }, (_, index): ChangeHour => {
    return { start: last - (count - 1 - index) * HOUR, added: 0, changed: 0, removed: 0 }
  })
  for (const { kind, at } of changes) {
    const hour = hours[count - 1 - (last - hourOf(Date.parse(at))) / HOUR]
    if (hour) hour[kind === "returned" ? "added" : kind] += 1
  }
  return hours
}

/** When the hours begin that `changeHours` counts. */
export function hoursBefore(now: Date, count: number): string {
  return new Date(hourOf(now.getTime()) - (count - 1) * HOUR).toISOString()
}

function hourOf(ms: number): number {
  return ms - (ms % HOUR)
}
