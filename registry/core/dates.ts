const ISO =
  /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)(?: UTC)?$/i

/**
 * An instant as the schema keeps it, from ISO 8601 text that names its zone. A wall-clock time without a zone is no
 * instant and gives null, as does anything that cannot be read: a date is never guessed.
 */
export function instantFrom(value: unknown): string | null {
  const match = typeof value === "string" ? ISO.exec(value.trim()) : null
  if (!match) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0)) as Six
  const milliseconds = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"))
  const wallClock = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds))
  // `Date.UTC` turns 30 February into 2 March, and the year 70 into 1970.
  const isReal =
    wallClock.getUTCFullYear() === year &&
    wallClock.getUTCMonth() === month - 1 &&
    wallClock.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60
  const offset = offsetMinutes(match[8] ?? "")
  return isReal && offset !== null ? instant(wallClock.getTime() - offset * 60_000) : null
}

type Six = [number, number, number, number, number, number]

/** Also from digits in a string. */
export function instantFromSeconds(value: unknown): string | null {
  const seconds = numberFrom(value)
  return seconds === null ? null : instant(Math.floor(seconds * 1000))
}

/** Also from digits in a string. */
export function instantFromMilliseconds(value: unknown): string | null {
  const milliseconds = numberFrom(value)
  return milliseconds === null ? null : instant(Math.floor(milliseconds))
}

function numberFrom(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null
  return typeof value === "string" && /^\d{1,16}(\.\d+)?$/.test(value.trim()) ? Number(value) : null
}

function offsetMinutes(zone: string): number | null {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (!match) return 0
  const hours = Number(match[2])
  const minutes = Number(match[3] ?? 0)
  if (hours > 23 || minutes > 59) return null
  return (match[1] === "-" ? -1 : 1) * (hours * 60 + minutes)
}

const END_OF_9999 = Date.UTC(10_000, 0, 1)

/** Zero, in seconds or as Go's year 1, is how programs write "never"; after the year 9999 the unit was misread. */
function instant(milliseconds: number): string | null {
  return milliseconds > 0 && milliseconds < END_OF_9999 ? new Date(milliseconds).toISOString() : null
}
