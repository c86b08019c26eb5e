import { isResourceTable, type ResourceTableName, resourceTables } from "../../../../registry/schema/index.ts"
import type { Ask } from "../framework/ask.ts"
import { usageError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import type { Proposal } from "./propose/index.ts"
import type { Candidate } from "./propose/tables.ts"

/** Below this, a list is offered and not taken by itself. */
const LIKELY = 40
const MOST_OFFERED = 4
const LEAVE_OUT = "leave it out"

/** Which lists go into which tables: as the flags say, as a person chooses, or as proposed. */
export async function chooseLists(
  { candidates }: Proposal,
  { wanted, isAsked }: { wanted: readonly string[]; isAsked: boolean },
  ask: Ask,
): Promise<Candidate[]> {
  if (wanted.length > 0) return wanted.map((one) => named(one, candidates))
  const chosen: Candidate[] = []
  for (const table of Object.keys(resourceTables).filter(isResourceTable)) {
    const found = candidates.get(table) ?? []
    const [best] = found
    if (!best) continue
    if (!isAsked) {
      if (best.score >= LIKELY) chosen.push(best)
      continue
    }
    const offered = found.slice(0, MOST_OFFERED)
    const paths = offered.map(({ list }) => `GET ${list.operation.path}`)
    const choices = best.score >= LIKELY ? [...paths, LEAVE_OUT] : [LEAVE_OUT, ...paths]
    const answer = await ask.select(`What fills ${table}?`, { answeredBy: `--table ${table}`, choices })
    const taken = offered[paths.indexOf(answer)]
    if (taken) chosen.push(taken)
  }
  return chosen
}

/** `servers`, or `servers=/v2/droplets`. */
function named(wanted: string, candidates: Proposal["candidates"]): Candidate {
  const [table = "", path] = wanted.split("=")
  if (!isResourceTable(table)) {
    throw usageError(
      `There is no table "${table}".`,
      didYouMean(table, Object.keys(resourceTables)) ?? Object.keys(resourceTables).join(", "),
    )
  }
  const found = candidates.get(table) ?? []
  const taken = path === undefined ? found[0] : found.find(({ list }) => list.operation.path === path)
  if (taken) return taken
  throw usageError(
    `Nothing${path === undefined ? "" : ` at ${path}`} was found that could fill ${table}.`,
    told(table, found),
  )
}

function told(table: ResourceTableName, found: readonly Candidate[]): string {
  if (found.length > 0)
    return `What could: ${found.map(({ list }) => `--table ${table}=${list.operation.path}`).join(", ")}`
  return "Leave it out here, and write it by hand: see docs/writing-a-dock.md."
}
