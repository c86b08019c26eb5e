import { existsSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { readRecordings } from "../../../../registry/contract/node/read.ts"
import { isOfCycle, isRefusal, type Recording } from "../../../../registry/contract/recording.ts"
import type { LoadedDock } from "../dock/load.ts"
import { isWhole, type Replayed, replayDock } from "../dock/replay.ts"
import type { Exchange } from "../traffic/exchange.ts"
import { fileNames, requestLine } from "../traffic/file-names.ts"
import { recordingOf } from "../traffic/recordings.ts"
import type { Replaced, Treatment, Undecided } from "../traffic/scrub/collect.ts"
import { scrub } from "../traffic/scrub/scrub.ts"
import { type Extent, shorten } from "../traffic/shorten.ts"
import type { Change } from "../transaction/change.ts"
import { checkParents } from "../transaction/confine.ts"
import { jsonText } from "./json-text.ts"

/** What was seen on the wire, by what it is for. */
export interface Seen {
  readonly account: readonly Exchange[]
  readonly refusal: readonly Exchange[]
  readonly cycle: readonly Exchange[]
  /** Another address stood in for the provider's: what it says may not be what the provider says. */
  readonly isElsewhere: boolean
  /** What was signed in with. */
  readonly secrets: readonly string[]
}

export interface RecordRequest {
  readonly dock: LoadedDock
  readonly seen: Seen
  /** The folder of the recordings, relative to `dir`. */
  readonly folder: string
  readonly dir: string
  readonly treat: ReadonlyMap<string, Treatment>
  /** The kind that was made and removed. */
  readonly kind: string | undefined
}

export interface RecordPlan {
  readonly changes: readonly Change[]
  readonly replaced: readonly Replaced[]
  readonly undecided: readonly Undecided[]
  readonly unheeded: readonly string[]
  /** How the dock reads what would be written. */
  readonly replayed: Replayed
  readonly isShortened: boolean
}

interface Candidate {
  readonly extent: Extent | undefined
  readonly recordings: readonly Recording[]
  readonly replayed: Replayed
  readonly scrubbed: ReturnType<typeof scrub>
}

export async function planRecord(request: RecordRequest): Promise<RecordPlan> {
  const whole = await candidate(request, undefined)
  let chosen = whole
  for (const extent of ["all", "single pages"] as const) {
    const shorter = await candidate(request, extent)
    if (!readsAlike(shorter, whole)) continue
    chosen = shorter
    break
  }
  const { recordings, replayed, scrubbed } = chosen
  const used = new Set(replayed.used)
  const isComplete = isWhole(replayed)
  const kept = recordings.filter(
    (recorded) => isRefusal(recorded) || isOfCycle(recorded) || !isComplete || used.has(recorded),
  )
  return {
    changes: changesFor(request, kept),
    replaced: scrubbed.replaced,
    undecided: scrubbed.undecided,
    unheeded: scrubbed.unheeded,
    replayed,
    isShortened: chosen.extent !== undefined,
  }
}

async function candidate(request: RecordRequest, extent: Extent | undefined): Promise<Candidate> {
  const { dock, seen, treat, kind } = request
  const account = extent ? shorten(seen.account, extent) : seen.account
  const groups = [account, seen.refusal, seen.cycle]
  const scrubbed = scrub(groups.flat(), { ownHosts: dock.definition.hosts, secrets: seen.secrets, treat })
  const [clean, refusal, cycle] = groups.map((group, index) => {
    const start = groups.slice(0, index).flat().length
    return scrubbed.exchanges.slice(start, start + group.length)
  })
  const names = fileNames(clean ?? [])
  const note = [
    extent ? "Scrubbed, and lists shortened." : "Scrubbed.",
    ...(seen.isElsewhere ? ["Answered at another address than the provider's own."] : []),
  ].join(" ")
  const recordings = [
    ...[...names].map(([exchange, file]) => stamped(exchange, file, note)),
    ...(refusal ?? []).map((exchange) => stamped(exchange, `errors/${refusalName(exchange)}.json`, note)),
    ...(cycle ?? []).map((exchange, index) => {
      return stamped(exchange, `cycles/${kind}/${index + 1}-${verb(exchange)}.json`, note)
    }),
  ]
  const ofAccount = recordings.slice(0, names.size)
  return { extent, recordings, scrubbed, replayed: await replayDock(dock, ofAccount) }
}

/** Whether nothing is lost by shortening: what is still asked for is answered, and lists of several pages have them all. */
function readsAlike(shorter: Candidate, whole: Candidate): boolean {
  const [is, was] = [shorter.replayed, whole.replayed]
  if (is.report.status !== was.report.status || is.missing.length > was.missing.length) return false
  const pages = ({ used }: Replayed, url: string) =>
    used.filter((recorded) => recorded.request.url === url).length
  return is.used.every(({ request: { url } }) => pages(is, url) === pages(was, url))
}

function stamped(exchange: Exchange, file: string, note: string): Recording {
  const recorded = recordingOf(exchange, file)
  const page = /page-(\d+)\.json$/.exec(file)?.[1]
  return {
    ...recorded,
    scenario: `${requestLine(exchange)}${page ? `, page ${page}` : ""}${exchange.status >= 400 ? `, refused with ${exchange.status}` : ""}`,
    provenance: { ...recorded.provenance, note },
  }
}

function refusalName({ status }: Exchange): string {
  const names: Readonly<Record<number, string>> = { 401: "unauthorized", 403: "forbidden", 404: "not-found" }
  return names[status] ?? `refused-${status}`
}

function verb({ method }: Exchange): string {
  const verbs: Readonly<Record<string, string>> = { GET: "look", POST: "create", DELETE: "delete" }
  return verbs[method] ?? "change"
}

/** A recording of the same request takes the place of the older one, under the older one's name. */
function changesFor({ dir, folder }: RecordRequest, recordings: readonly Recording[]): Change[] {
  const present = statSync(join(dir, folder), { throwIfNoEntry: false })?.isDirectory()
    ? readRecordings(join(dir, folder))
    : []
  const apart = (recorded: Recording) => (isRefusal(recorded) || isOfCycle(recorded) ? recorded.file : "")
  const key = (recorded: Recording) => JSON.stringify([apart(recorded), recorded.request])
  const older = new Map(present.map((recorded) => [key(recorded), recorded.file]))
  return recordings.map((recorded) => {
    const path = `${folder}/${older.get(key(recorded)) ?? recorded.file}`
    checkParents(dir, path)
    const before = existsSync(join(dir, path)) ? readFileSync(join(dir, path), "utf8") : undefined
    const { file: _, ...content } = recorded
    return { path, before, after: jsonText(content) }
  })
}
