import type { ListedResource } from "../../../engine/reading.ts"
import { language } from "../../format/locale.ts"

export type Deployment = ListedResource<"deployments">

export interface Day {
  /** `Today`, `Thursday, 12 November 2026`. */
  title: string
  deployments: Deployment[]
}

/** When a deployment happened, as far as its provider tells. */
export function momentOf({ startedAt, finishedAt }: Deployment): string | null {
  return startedAt ?? finishedAt
}

/** Deployments under the day on which they happened here, the newest first. */
export function byDay(deployments: readonly Deployment[], now: Date): Day[] {
  const days = new Map<string, Deployment[]>()
  for (const deployment of newestFirst(deployments)) {
    const moment = momentOf(deployment)
    const title = moment ? dayTitle(new Date(moment), now) : "Time not told"
    days.set(title, [...(days.get(title) ?? []), deployment])
  }
  return [...days].map(([title, list]) => ({ title, deployments: list }))
}

function newestFirst(deployments: readonly Deployment[]): Deployment[] {
  return [...deployments].sort((a, b) => (momentOf(b) ?? "").localeCompare(momentOf(a) ?? ""))
}

const inFull = new Intl.DateTimeFormat(language, {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
})

function dayTitle(moment: Date, now: Date): string {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  if (moment.toDateString() === now.toDateString()) return "Today"
  if (moment.toDateString() === yesterday.toDateString()) return "Yesterday"
  return inFull.format(moment)
}

/** How long it took; null as long as it is under way, or where a provider does not tell both ends. */
export function tookMs({ startedAt, finishedAt }: Deployment): number | null {
  if (!startedAt || !finishedAt) return null
  const ms = Date.parse(finishedAt) - Date.parse(startedAt)
  return ms >= 0 ? ms : null
}
