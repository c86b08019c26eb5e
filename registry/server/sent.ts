import type { ShownOnce } from "../core/provision.ts"
import type { ActionReport, ProvisionEvent, ProvisionReport } from "../engine/provision-report.ts"
import type { SyncEvent } from "../engine/stackdock.ts"

/** What a provider tells only once, readable. It goes to the session that asked for it. */
export type Shown = Pick<ShownOnce, "title"> & { value: string }

export type SentProvisionReport = Omit<ProvisionReport, "shows"> & { shows: Shown[] }
export type SentActionReport = Omit<ActionReport, "shows"> & { shows: Shown[] }
export type SentProvisionEvent =
  | Exclude<ProvisionEvent, { type: "shown" }>
  | { type: "shown"; id: string; shows: Shown[] }

export type SentProgress =
  | { of: "sync"; event: SyncEvent }
  | { of: "provisioning"; event: SentProvisionEvent }

/** The only place where the server makes them readable. */
export function readable(shows: readonly ShownOnce[]): Shown[] {
  return shows.map(({ title, value }) => ({ title, value: value.reveal() }))
}
