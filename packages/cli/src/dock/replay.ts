import { nearest, readRequest } from "../../../../registry/contract/match.ts"
import { createPlayer } from "../../../../registry/contract/player.ts"
import { type Recording, responseOf } from "../../../../registry/contract/recording.ts"
import type { Account } from "../../../../registry/core/dock.ts"
import type { DockReport, ReportedError, Stackdock } from "../../../../registry/engine/stackdock.ts"
import type { ResourceRow, ResourceTableName } from "../../../../registry/schema/index.ts"
import type { LoadedDock } from "./load.ts"
import { withoutNetwork } from "./network.ts"
import { standInCredentials } from "./stand-in-credentials.ts"

/** A request that no recording answers, and what comes nearest to it. */
export interface Missing {
  readonly request: string
  readonly nearest: readonly string[]
}

export interface Replayed {
  readonly account: Account | null
  /** Why the credential could not be verified. */
  readonly verifyError: ReportedError | null
  readonly report: DockReport
  readonly rows: ReadonlyMap<ResourceTableName, readonly ResourceRow[]>
  readonly missing: readonly Missing[]
  /** Recordings that nothing asked for. */
  readonly unused: readonly string[]
  /** Which of them answered, in the order of the first time. */
  readonly used: readonly Recording[]
}

/** Verifies and syncs a dock against recordings alone. `work` may look further while the rows are there. */
export async function replayDock(
  dock: LoadedDock,
  recordings: readonly Recording[],
  work: (stackdock: Stackdock, replayed: Replayed) => Promise<void> = async () => {},
): Promise<Replayed> {
  const player = createPlayer(recordings)
  const missing = new Map<string, Missing>()
  const used = new Set<Recording>()
  const { provider } = dock.definition
  // 501 is not tried again, so that nothing waits.
  const play: typeof fetch = async (input, init) => {
    const sent = await readRequest(new Request(input, init))
    const recorded = player.play(sent)
    if (recorded) {
      used.add(recorded)
      return responseOf(recorded.response)
    }
    const request = `${sent.method} ${sent.url.href}`
    missing.set(request, { request, nearest: nearest(recordings, sent) })
    return Response.json({ message: "No recording answers this request." }, { status: 501 })
  }
  return await withoutNetwork(play, async () => {
    const stackdock = dock.open({ unlimited: true })
    const credentials = standInCredentials(provider, stackdock.credentialFields(provider))
    let account: Account | null = null
    let verifyError: ReportedError | null = null
    try {
      account = (await stackdock.connect({ provider, credentials })).account
    } catch (error) {
      verifyError = reported(error)
      await stackdock.connect({ provider, credentials, verify: false })
    }
    const [report] = (await stackdock.sync()).docks
    if (!report) throw new Error("The sync reported nothing.")
    const replayed: Replayed = {
      account,
      verifyError,
      report,
      rows: await rowsIn(stackdock, report),
      missing: [...missing.values()],
      unused: player.unused().map(({ file }) => file),
      used: [...used],
    }
    await work(stackdock, replayed)
    return replayed
  })
}

/** Whether everything was read to its end. */
export function isWhole({ verifyError, report, missing }: Replayed): boolean {
  return verifyError === null && report.status === "succeeded" && missing.length === 0
}

async function rowsIn(
  stackdock: Stackdock,
  { scopes }: DockReport,
): Promise<Map<ResourceTableName, ResourceRow[]>> {
  const rows = new Map<ResourceTableName, ResourceRow[]>()
  for (const table of stackdock.tables) {
    if (!scopes.some((scope) => scope.table === table)) continue
    const found: ResourceRow[] = []
    for await (const row of stackdock.resources(table)) found.push(row)
    rows.set(table, found)
  }
  return rows
}

function reported(error: unknown): ReportedError {
  if (!(error instanceof Error)) throw error
  const { code, suggestion }: Readonly<Record<string, unknown>> = { ...error }
  // Anything else is a fault of the dock's, and says more by itself.
  if (typeof code !== "string") throw error
  return { code, message: error.message, ...(typeof suggestion === "string" ? { suggestion } : {}) }
}
