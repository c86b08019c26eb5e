import { hourCycle, language } from "./locale.ts"

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Above this, a date says more than a number of days. */
const RECENT = 7 * DAY

const cycle = hourCycle ? { hourCycle } : {}
const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" })
const dates = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", ...cycle })
const full = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "long", ...cycle })
const utc = new Intl.DateTimeFormat(language, {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "UTC",
  ...cycle,
})
const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", ...cycle })

/** The time of day alone: `14:00`. */
export function clockWords(at: Date): string {
  return clock.format(at)
}

/** `5 minutes ago`, `in 2 hours`; the local date and time of what is further away. */
export function instantWords(at: Date, now: Date): string {
  const away = at.getTime() - now.getTime()
  const size = Math.abs(away)
  // A clock that is a little behind the one that wrote it does not put it into the future.
  if (size < 45_000) return away > 15_000 ? "in a moment" : "just now"
  if (size >= RECENT) return dates.format(at)
  // Rounded towards now: an hour and a half ago is more than one hour, not yet two.
  if (size < HOUR) return relative.format(Math.trunc(away / MINUTE) || Math.sign(away), "minute")
  if (size < DAY) return relative.format(Math.trunc(away / HOUR), "hour")
  return relative.format(Math.trunc(away / DAY), "day")
}

/** Both readings of an instant in full: as it is here, and as logs have it. */
export function instantInFull(at: Date): { local: string; utc: string } {
  return { local: full.format(at), utc: `${utc.format(at)} UTC` }
}

/** `850 ms`, `4.2 s`, `3 min 5 s`, `2 h 10 min`, `4 d 3 h`: the two largest units that tell something. */
export function durationWords(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 10_000) return `${(Math.floor(ms / 100) / 10).toString()} s`
  const seconds = Math.floor(ms / 1000)
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ]
  const first = parts.findIndex(([amount]) => amount > 0)
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(" ")
}
