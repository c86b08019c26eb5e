import { pairAlike } from "../merge/similarity.ts"
import type { PublishedFile, PublishedItem } from "../registry/schema.ts"

/**
 * What became upstream of each file that an item had: the same target, another one, several, or nothing. The item says so
 * itself, or it is seen: a file that is gone and one that is new and much alike.
 */
export function followRenames(
  earlier: ReadonlyMap<string, string>,
  published: readonly PublishedFile[],
  declared: PublishedItem["meta"]["stackdock"]["renames"] = {},
): Map<string, readonly string[]> {
  const now = new Map(published.map(({ target, content }) => [target, content]))
  const followed = new Map<string, readonly string[]>()
  const taken = new Set<string>()
  for (const target of earlier.keys()) {
    const named = Object.hasOwn(declared, target) ? [declared[target] ?? []].flat() : []
    const isFollowed =
      named.length > 0 && named.every((to) => now.has(to) && (to === target || !earlier.has(to)))
    if (!isFollowed) continue
    followed.set(target, named)
    for (const to of named) taken.add(to)
  }
  const lost = [...earlier].filter(([target]) => !now.has(target) && !followed.has(target))
  const found = [...now].filter(([target]) => !earlier.has(target) && !taken.has(target))
  const named = ([name, text]: [string, string]) => ({ name, text })
  for (const [from, to] of pairAlike(lost.map(named), found.map(named))) followed.set(from, [to])
  for (const target of earlier.keys())
    if (!followed.has(target)) followed.set(target, now.has(target) ? [target] : [])
  return followed
}
