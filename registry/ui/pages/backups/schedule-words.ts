import type { ListedResource } from "../../../engine/reading.ts"

type Schedule = Pick<
  ListedResource<"backupSchedules">,
  "frequency" | "minute" | "hour" | "dayOfWeek" | "dayOfMonth" | "timezone" | "retainDays"
>

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

/** How often, and on which day: `Weekly on Sunday`. Null where the provider does not say. */
export function frequencyWords({ frequency, dayOfWeek, dayOfMonth }: Schedule): string | null {
  switch (frequency) {
    case "weekly":
      return withDay("Weekly", dayOfWeek === null ? undefined : DAYS[dayOfWeek])
    case "monthly":
      return withDay("Monthly", dayOfMonth === null ? undefined : `day ${dayOfMonth}`)
    case "hourly":
      return "Hourly"
    case "daily":
      return "Daily"
    case "custom":
      return "Its own rule"
    case null:
      return null
  }
}

function withDay(often: string, day: string | undefined): string {
  return day === undefined ? often : `${often} on ${day}`
}

/** The time of day as the provider has it, with the zone where it names one. Null where it does not say. */
export function timeWords({ frequency, hour, minute, timezone }: Schedule): string | null {
  if (minute === null) return null
  if (frequency === "hourly") return `at minute ${minute}`
  if (hour === null) return null
  const time = `${twoDigits(hour)}:${twoDigits(minute)}`
  return timezone ? `${time} ${timezone}` : time
}

export function retentionWords({ retainDays }: Pick<Schedule, "retainDays">): string | null {
  if (retainDays === null) return null
  if (retainDays === 0) return "Without limit"
  return retainDays === 1 ? "1 day" : `${retainDays} days`
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0")
}
