import { type Tone, toneOf } from "./tones.ts"

export interface StatusCount {
  status: string
  count: number
  tone: Tone
}

const order: readonly Tone[] = ["bad", "warning", "busy", "good", "idle", "unknown"]

/** What needs somebody first, and of that what there is most of. */
export function byUrgency(byStatus: Readonly<Record<string, number>>): StatusCount[] {
  return Object.entries(byStatus)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => ({ status, count, tone: toneOf(status) }))
    .sort((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone) || b.count - a.count)
}
