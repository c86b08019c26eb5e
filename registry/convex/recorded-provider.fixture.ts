import { join } from "node:path"
import { vi } from "vitest"
import { readRequest, type SentRequest } from "../contract/match.ts"
import { loadRecordings, loadRows } from "../contract/node/load.ts"
import { createPlayer } from "../contract/player.ts"
import { isOfCycle, isRefusal, type Recording, responseOf } from "../contract/recording.ts"
import type { AnyDock } from "../core/dock.ts"

/** An answer in the place of the recorded one. */
export type Instead = (sent: SentRequest, recorded: Recording | undefined) => Response | undefined

/** Answers `fetch` from a dock's recordings. Nothing reaches the network. */
export function recordedProvider({ provider }: AnyDock) {
  const folder = join(import.meta.dirname, "../docks", provider, "recordings")
  const recordings = loadRecordings(folder).filter((one) => !isRefusal(one) && !isOfCycle(one))
  const player = createPlayer(recordings)
  const played = { instead: undefined as Instead | undefined, sent: [] as SentRequest[] }
  vi.stubGlobal("fetch", async (input: string | URL | Request, init?: RequestInit) => {
    const sent = await readRequest(new Request(input, init))
    played.sent.push(sent)
    const recorded = player.play(sent)
    const answer = played.instead?.(sent, recorded) ?? (recorded && responseOf(recorded.response))
    return answer ?? Response.json({ message: player.explain(sent) }, { status: 501 })
  })
  const rows = Object.entries(loadRows(folder)).map(([table, rows]) => [table, rows.length] as const)
  return { played, rowsOf: new Map(rows.filter(([, count]) => count > 0)) }
}

/** The same dock, but in no hurry to wait: its budget is for another test. */
export function unhurried(dock: AnyDock): AnyDock {
  return { ...dock, limits: { ...dock.limits, windows: [] } }
}
