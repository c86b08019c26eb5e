import { ConvexError } from "convex/values"
import type { ShownOnce } from "../core/provision.ts"
import type { ActionReport, ProvisionReport } from "../engine/provision-report.ts"
import { reportedError } from "../engine/reported-error.ts"
import { given } from "../stores/convex/documents.ts"

/** Without what is undefined, which is no value to Convex. A `Secret` comes out as `[secret]`. */
export function plain<Of>(value: Of): Plain<Of> {
  return value === undefined ? (null as Plain<Of>) : JSON.parse(JSON.stringify(value))
}

type Plain<Of> = undefined extends Of ? Exclude<Of, undefined> | null : Of

/** Convex keeps from clients what an error says, except a ConvexError's data. */
export async function told<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof ConvexError) throw error
    throw new ConvexError(given(reportedError(error)))
  }
}

/** Of a report, what a provider tells only once is for whoever has called, and `input` has keys that Convex would not take. */
export function sentReport<Report extends ProvisionReport>({ input, shows, ...report }: Report) {
  return { ...plain(report), input: JSON.stringify(input), shows: revealed(shows) }
}

export function sentAction({ shows, ...report }: ActionReport) {
  return { ...plain(report), shows: revealed(shows) }
}

function revealed(shows: readonly ShownOnce[]) {
  return shows.map(({ title, value }) => ({ title, value: value.reveal() }))
}
