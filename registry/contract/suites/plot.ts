import type { DockReport } from "../../engine/stackdock.ts"
import { differences } from "../match.ts"
import { type Recording, responseOf } from "../recording.ts"
import type { StandIn } from "../stage.ts"

/** Plays these recordings before any other that answers the same request. */
export function inPlaceOf(others: readonly Recording[]): StandIn {
  return (sent) => {
    const other = others.find((recorded) => differences(recorded, sent).length === 0)
    return other && responseOf(other.response)
  }
}

/** What a sync could not do, or did only in part. */
export function troubles(report: DockReport): string[] {
  const failed = report.error ? [report.error.message] : []
  const scopes = report.scopes.filter((scope) => !scope.complete || scope.error)
  return [
    ...failed,
    ...scopes.map(({ table, scope, error }) => `${table} ${scope}: ${error?.message ?? "not complete"}`),
  ]
}
