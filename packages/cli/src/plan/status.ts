import type { Project } from "../project/detect.ts"
import { sha256 } from "../registry/hash.ts"
import type { Registries } from "../registry/source.ts"
import { inspectItem, type LocalFile } from "../state/inspect.ts"
import { type Lock, leftBehind, requiredBy } from "../state/lock.ts"
import { findRenamed, type Renamed } from "../state/renamed.ts"
import { askOrigins, newFiles, type Upstream } from "./upstream.ts"

/** Against what the origin publishes now. `unknown`: it could not be asked. */
type UpstreamState = "same" | "changed" | "removed" | "unknown"

export interface FileStatus {
  readonly path: string
  /** What was done to it here comes first; `outdated` and `orphaned` are files that are as they were installed. */
  readonly state: "clean" | "edited" | "missing" | "renamed" | "outdated" | "orphaned"
  /** It says what was installed, in another layout. */
  readonly reformatted: boolean
  /** Where it is now. */
  readonly renamedTo: string | null
  readonly upstream: UpstreamState
}

export interface ItemStatus {
  readonly name: string
  /** The first that is true: nobody needs or publishes it any more, there is a newer one, files are missing, files were edited. */
  readonly state: "orphaned" | "outdated" | "missing" | "edited" | "clean"
  readonly version: string
  /** What the origin publishes; null when it does not, or could not be asked. */
  readonly latest: string | null
  readonly registry: string
  readonly requested: boolean
  readonly requiredBy: readonly string[]
  readonly upstream: UpstreamState
  /** Why it is orphaned, or why its origin could not be asked. */
  readonly reason: string | null
  readonly files: readonly FileStatus[]
}

export async function readStatus(
  project: Project,
  lock: Lock,
  registries: Registries,
): Promise<ItemStatus[]> {
  const names = Object.keys(lock.items).sort()
  const upstream = await askOrigins(lock, names, registries)
  const unneeded = leftBehind(lock)
  const local = names.map((name) => ({ name, files: inspectItem(project.dir, lock, name) }))
  const renamed = findRenamed(
    project,
    lock,
    local.flatMap(({ files }) => files),
  )
  return local.map(({ name, files: inspected }) => {
    const answer = upstream.get(name) ?? { kind: "gone" }
    const files = inspected.map((file) => fileStatus(file, answer, renamed.get(file.path)))
    return itemStatus(name, lock, { files, answer, isUnneeded: unneeded.includes(name) })
  })
}

function fileStatus(
  { path, locked, state }: LocalFile,
  answer: Upstream,
  renamed: Renamed | undefined,
): FileStatus {
  const upstream = upstreamOf(locked.target, locked.published, answer)
  const reformatted = state === "reformatted"
  const untouched = upstream === "changed" ? "outdated" : upstream === "removed" ? "orphaned" : "clean"
  return {
    path,
    state: renamed?.state ?? (state === "clean" || reformatted ? untouched : state),
    reformatted,
    renamedTo: renamed?.path ?? null,
    upstream,
  }
}

function upstreamOf(target: string, published: string, answer: Upstream): UpstreamState {
  if (answer.kind === "unreachable") return "unknown"
  const file = answer.kind === "published" && answer.item.files.find((one) => one.target === target)
  if (!file) return "removed"
  return sha256(file.content) === published ? "same" : "changed"
}

function itemStatus(
  name: string,
  { items }: Lock,
  { files, answer, isUnneeded }: { files: FileStatus[]; answer: Upstream; isUnneeded: boolean },
): ItemStatus {
  const locked = items[name]
  const upstream = upstreamOfItem(name, { items }, answer, files)
  const has = (...states: FileStatus["state"][]) => files.some(({ state }) => states.includes(state))
  const own = has("missing") ? "missing" : has("edited", "renamed") ? "edited" : "clean"
  const isOrphaned = upstream === "removed" || isUnneeded
  return {
    name,
    state: isOrphaned ? "orphaned" : upstream === "changed" ? "outdated" : own,
    version: locked?.version ?? "",
    latest: answer.kind === "published" ? answer.item.meta.stackdock.version : null,
    registry: locked?.registry ?? "",
    requested: locked?.requested ?? false,
    requiredBy: requiredBy(items, name),
    upstream,
    reason: reasonFor(answer, isUnneeded),
    files,
  }
}

function upstreamOfItem(
  name: string,
  { items }: Lock,
  answer: Upstream,
  files: readonly FileStatus[],
): UpstreamState {
  if (answer.kind === "unreachable") return "unknown"
  if (answer.kind === "gone") return "removed"
  const isSame =
    answer.item.meta.stackdock.version === items[name]?.version &&
    files.every(({ upstream }) => upstream === "same") &&
    newFiles({ items }, answer.item).length === 0
  return isSame ? "same" : "changed"
}

function reasonFor(answer: Upstream, isUnneeded: boolean): string | null {
  if (answer.kind === "unreachable") return answer.reason
  if (answer.kind === "gone") return "its registry does not publish it any more"
  return isUnneeded ? "nothing that was asked for needs it any more" : null
}
