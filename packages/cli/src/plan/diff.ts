import { plain } from "../merge/form.ts"
import { unifiedDiff } from "../merge/unified.ts"
import type { Project } from "../project/detect.ts"
import { installedForm } from "../project/imports.ts"
import { sha256 } from "../registry/hash.ts"
import type { Registries } from "../registry/source.ts"
import { pathInProject } from "../registry/target.ts"
import { inspectItem, type LocalFile } from "../state/inspect.ts"
import type { Lock } from "../state/lock.ts"
import { askOrigins, newFiles, type Upstream } from "./upstream.ts"

/** What one side did to a file since it was installed. */
export interface SideDiff {
  readonly path: string
  readonly change: "edited" | "reformatted" | "missing" | "added" | "changed" | "removed"
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
  return names.map((name) => {
    const files = inspectItem(project.dir, lock, name)
    const answer = answers.get(name)
    return {
      name,
      version: lock.items[name]?.version ?? "",
      latest: answer?.kind === "published" ? answer.item.meta.stackdock.version : null,
      mine: mine ? files.flatMap((file) => ownDiff(file, project)) : [],
      upstream: answer ? upstreamDiffs(files, answer, project) : [],
      reason:
        answer?.kind === "unreachable"
          ? answer.reason
          : answer?.kind === "gone"
            ? "its registry does not publish it any more"
            : null,
    }
  })
}

const NO_BASE = "what was installed was not kept; `npx stackdock verify` tells how to mend that"

function ownDiff({ path, state, content, base }: LocalFile, { importExtension }: Project): SideDiff[] {
  if (state === "clean") return []
  if (state !== "edited" || content === undefined) return [{ path, change: state, lines: [], reason: null }]
  const installed = base()
  if (installed === undefined) return [{ path, change: state, lines: [], reason: NO_BASE }]
  const before = installedForm(path, installed, importExtension)
  return [{ path, change: state, lines: unifiedDiff(before, plain(content.toString("utf8"))), reason: null }]
}

function upstreamDiffs(files: readonly LocalFile[], answer: Upstream, project: Project): SideDiff[] {
  if (answer.kind !== "published") return []
  const { item } = answer
  const published = new Map(item.files.map(({ target, content }) => [target, content]))
  const changed = files.flatMap(({ path, locked, base }): SideDiff[] => {
    const content = published.get(locked.target)
    if (content === undefined) return [{ path, change: "removed", lines: [], reason: null }]
    if (sha256(content) === locked.published) return []
    const installed = base()
    if (installed === undefined) return [{ path, change: "changed", lines: [], reason: NO_BASE }]
    const [before, after] = [installed, content].map((text) =>
      installedForm(path, text, project.importExtension),
    )
    return [{ path, change: "changed", lines: unifiedDiff(before ?? "", after ?? ""), reason: null }]
  })
  const added = newFiles(
    item,
    files.map(({ locked }) => locked),
  ).map(({ target, content }): SideDiff => {
    const path = pathInProject(target, project.root)
    const text = installedForm(path, content, project.importExtension)
    return { path, change: "added", lines: unifiedDiff("", text), reason: null }
  })
  return [...changed, ...added]
}
