import { comparable } from "../merge/merge-file.ts"
import { unifiedDiff } from "../merge/unified.ts"
import type { Project } from "../project/detect.ts"
import { type Formatter, findFormatters } from "../project/formatter.ts"
import { Places } from "../project/places.ts"
import { sha256 } from "../registry/hash.ts"
import type { Registries } from "../registry/source.ts"
import { inspectItem, type LocalFile } from "../state/inspect.ts"
import { type Lock, lockedPaths } from "../state/lock.ts"
import { findRenamed, type Renamed } from "../state/renamed.ts"
import { askOrigins, newFiles, type Upstream } from "./upstream.ts"

/** What one side did to a file since it was installed. */
export interface SideDiff {
  readonly path: string
  /** Where it is now. */
  readonly renamedTo: string | null
  readonly change: "edited" | "reformatted" | "missing" | "renamed" | "added" | "changed" | "removed"
  /** Lines of a unified diff, from what was installed to what is now; none where the word says it all. */
  readonly lines: readonly string[]
  /** Why there are none although there should be. */
  readonly reason: string | null
}

export interface ItemDiff {
  readonly name: string
  readonly version: string
  /** What the origin publishes; null when it does not, or was not or could not be asked. */
  readonly latest: string | null
  readonly mine: readonly SideDiff[]
  readonly upstream: readonly SideDiff[]
  /** Why the origin could not tell. */
  readonly reason: string | null
}

export interface DiffRequest {
  readonly names: readonly string[]
  readonly mine: boolean
  readonly upstream: boolean
  readonly registries: Registries
}

export async function readDiff(project: Project, lock: Lock, request: DiffRequest): Promise<ItemDiff[]> {
  const { names, mine, upstream, registries } = request
  const answers = upstream ? await askOrigins(lock, names, registries) : new Map<string, Upstream>()
  const local = names.map((name) => ({ name, files: inspectItem(project.dir, lock, name) }))
  const all = local.flatMap(({ files }) => files)
  const context: Context = {
    project,
    lock,
    places: new Places(project, lockedPaths(lock)),
    renamed: mine ? findRenamed(project, lock, all) : new Map(),
    formatters: findFormatters(project.dir),
  }
  const items: ItemDiff[] = []
  for (const { name, files } of local) {
    const answer = answers.get(name)
    const own: SideDiff[] = []
    // One after the other, since each may start the project's formatter.
    for (const file of mine ? files : []) own.push(...(await ownDiff(file, context)))
    items.push({
      name,
      version: lock.items[name]?.version ?? "",
      latest: answer?.kind === "published" ? answer.item.meta.stackdock.version : null,
      mine: own,
      upstream: answer ? upstreamDiffs(files, answer, context) : [],
      reason: answer ? whyUnknown(answer) : null,
    })
  }
  return items
}

interface Context {
  readonly project: Project
  readonly lock: Lock
  readonly places: Places
  readonly renamed: ReadonlyMap<string, Renamed>
  readonly formatters: readonly Formatter[]
}

const NO_BASE = "what was installed was not kept; `npx stackdock verify` tells how to mend that"

async function ownDiff(
  { path, locked, state, content, base }: LocalFile,
  context: Context,
): Promise<SideDiff[]> {
  const { places, renamed } = context
  const moved = renamed.get(path)
  const plain = {
    path,
    renamedTo: moved?.path ?? null,
    change: moved?.state ?? state,
    lines: [],
    reason: null,
  }
  if (plain.change === "clean") return []
  if (plain.change !== "edited") return [{ ...plain, change: plain.change }]
  const kept = base()
  if (kept === undefined) return [{ ...plain, change: "edited", reason: NO_BASE }]
  const installed = moved?.installed ?? places.installed(locked.target, kept)
  const yours = moved?.text ?? content?.toString("utf8") ?? ""
  return [{ ...plain, change: "edited", lines: await edits(moved?.path ?? path, installed, yours, context) }]
}

/** Where the project's formatter was over the file, only what it does not account for. */
async function edits(
  path: string,
  installed: string,
  yours: string,
  { project: { importExtension }, formatters }: Context,
): Promise<string[]> {
  const shown = await comparable({ path, base: installed, yours, theirs: [], importExtension, formatters })
  return unifiedDiff(shown.base, shown.yours)
}

function upstreamDiffs(files: readonly LocalFile[], answer: Upstream, { lock, places }: Context): SideDiff[] {
  if (answer.kind !== "published") return []
  const { item } = answer
  const published = new Map(item.files.map(({ target, content }) => [target, content]))
  const plain = { renamedTo: null, lines: [], reason: null }
  const changed = files.flatMap(({ path, locked, base }): SideDiff[] => {
    const content = published.get(locked.target)
    if (content === undefined) return [{ ...plain, path, change: "removed" }]
    if (sha256(content) === locked.published) return []
    const kept = base()
    if (kept === undefined) return [{ ...plain, path, change: "changed", reason: NO_BASE }]
    const [before, after] = [places.installed(locked.target, kept), places.installed(locked.target, content)]
    return [{ ...plain, path, change: "changed", lines: unifiedDiff(before, after) }]
  })
  const added = newFiles(lock, item).map(({ target, content }): SideDiff => {
    const lines = unifiedDiff("", places.installed(target, content))
    return { ...plain, path: places.pathOf(target), change: "added", lines }
  })
  return [...changed, ...added]
}

function whyUnknown(answer: Upstream): string | null {
  if (answer.kind === "unreachable") return answer.reason
  return answer.kind === "gone" ? "Its registry does not publish it any more." : null
}
