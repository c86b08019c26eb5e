import type { ListedResource } from "../../../engine/reading.ts"

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Longest time between two runs. */
const INTERVALS = { hourly: HOUR, daily: DAY, weekly: 7 * DAY, monthly: 31 * DAY } as const

/** Null where the provider has a rule of its own, or does not say. */
export function intervalOf({
  frequency,
}: Pick<ListedResource<"backupSchedules">, "frequency">): number | null {
  return frequency === null || frequency === "custom" ? null : INTERVALS[frequency]
}

/** When a backup was taken, and by how much that may be wrong. */
export interface Taken {
  at: number
  tolerance: number
}

/** Between the wall clocks of the two ends of the world. */
const ANY_ZONE = 14 * HOUR

/** From the instant, or from a name that begins with a wall clock's time, whose zone nobody has told. */
export function takenOf({
  takenAt,
  name,
}: Pick<ListedResource<"backups">, "takenAt" | "name">): Taken | null {
  if (takenAt !== null) return { at: Date.parse(takenAt), tolerance: 0 }
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})/.exec(name) ?? []
  const at = Date.parse(`${day}T${time}:00Z`)
  return Number.isNaN(at) ? null : { at, tolerance: ANY_ZONE }
}
