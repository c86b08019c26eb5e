/** What can be chosen, in minutes. */
const CHOICES = [5, 15, 30, 60, 360, 1440]

export interface IntervalChoice {
  minutes: number | null
  label: string
}

/** What is offered, and what is set now, should it be another. `none` is what no interval means here. */
export function intervalChoices(now: number | null, none: string): IntervalChoice[] {
  const minutes = now === null || CHOICES.includes(now) ? CHOICES : [...CHOICES, now].sort((a, b) => a - b)
  return [{ minutes: null, label: none }, ...minutes.map((each) => ({ minutes: each, label: every(each) }))]
}

export function every(minutes: number): string {
  if (minutes % 1440 === 0) return times(minutes / 1440, "day")
  if (minutes % 60 === 0) return times(minutes / 60, "hour")
  return times(minutes, "minute")
}

function times(count: number, unit: string): string {
  return count === 1 ? `Every ${unit}` : `Every ${count} ${unit}s`
}
