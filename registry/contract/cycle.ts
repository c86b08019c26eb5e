import { differences } from "./match.ts"
import { isOfCycle, type Recording, responseOf } from "./recording.ts"
import type { StandIn } from "./stage.ts"

/** The recordings of each cycle, in their order. */
export function cyclesOf(recordings: readonly Recording[]): Map<string, Recording[]> {
  const cycles = new Map<string, Recording[]>()
  for (const recorded of recordings.filter(isOfCycle)) {
    const name = recorded.file.split("/")[1] ?? ""
    cycles.set(name, [...(cycles.get(name) ?? []), recorded])
  }
  return cycles
}

/** Plays a cycle: only the recording whose turn it is answers. `left` are those whose turn never came. */
export function inTurn(cycle: readonly Recording[]): { standIn: StandIn; left(): Recording[] } {
  let turn = 0
  return {
    standIn(sent) {
      const next = cycle[turn]
      if (!next || differences(next, sent).length > 0) return undefined
      turn++
      return responseOf(next.response)
    },
    left: () => cycle.slice(turn),
  }
}
