import type { DockReport } from "../../engine/stackdock.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import { differences } from "../match.ts"
import { type Recording, responseOf } from "../recording.ts"
import type { Stage, StandIn } from "../stage.ts"
import type { Testbed } from "../testbed.ts"

/** Plays these recordings before any other that answers the same request. */
export function inPlaceOf(others: readonly Recording[]): StandIn {
  return (sent) => {
    const other = others.find((recorded) => differences(recorded, sent).length === 0)
    return other && responseOf(other.response)
  }
}

/** Which tables ask for a recording: seen by syncing each table alone. */
export async function readersOf(
  stage: Stage,
  bed: Testbed,
  tables: readonly ResourceTableName[],
): Promise<Map<Recording, ResourceTableName[]>> {
  const readers = new Map<Recording, ResourceTableName[]>()
  for (const table of tables) {
    const seen = new Set<Recording>()
    const note: StandIn = (_, recorded) => {
      if (recorded) seen.add(recorded)
      return undefined
    }
    await stage.during(note, () => bed.sync([table]))
    for (const recorded of seen) readers.set(recorded, [...(readers.get(recorded) ?? []), table])
  }
  return readers
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
