import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { countMarkers, takeSide } from "../merge/markers.ts"
import { closeConflicts } from "../state/conflicts.ts"
import type { Change } from "../transaction/change.ts"
import { checkParents } from "../transaction/confine.ts"

export interface ResolvePlan {
  readonly resolved: readonly string[]
  readonly left: readonly { readonly path: string; readonly markers: number }[]
  readonly changes: readonly Change[]
}

/** Files without markers are decided: somebody edited or deleted them, or takes one side now. */
export function planResolve(
  dir: string,
  paths: readonly string[],
  side: "mine" | "theirs" | undefined,
): ResolvePlan {
  const edits: Change[] = []
  const left: { path: string; markers: number }[] = []
  for (const path of paths) {
    checkParents(dir, path)
    if (!existsSync(join(dir, path))) continue
    const before = readFileSync(join(dir, path), "utf8")
    const after = side ? takeSide(before, side) : before
    if (after !== before) edits.push({ path, before, after })
    const markers = countMarkers(after)
    if (markers > 0) left.push({ path, markers })
  }
  const resolved = paths.filter((path) => !left.some((one) => one.path === path))
  return {
    resolved,
    left,
    changes: [...edits, ...(resolved.length > 0 ? closeConflicts(dir, resolved) : [])],
  }
}
