import type { DockSpec, List, Paging } from "../spec.ts"
import { allLists } from "./naming.ts"

/** One way in which lists of this API go on, and the private method that reads them. */
export interface Pager {
  readonly name: string
  readonly paging: Paging
  readonly lists: readonly List[]
}

const NAMES: Readonly<Record<Paging["kind"], string>> = {
  whole: "whole",
  numbers: "numbered",
  offset: "byOffset",
  cursor: "byCursor",
  links: "byLink",
}

/** Lists that go on in the same way share one. */
export function pagersOf(spec: DockSpec): Pager[] {
  const groups = new Map<string, List[]>()
  for (const { list } of allLists(spec)) {
    const key = keyOf(list.paging)
    groups.set(key, [...(groups.get(key) ?? []), list])
  }
  const counts = new Map<string, number>()
  return [...groups.values()].flatMap((lists) => {
    const paging = lists[0]?.paging
    if (!paging) return []
    const base = NAMES[paging.kind]
    const count = (counts.get(base) ?? 0) + 1
    counts.set(base, count)
    return [{ name: count === 1 ? base : `${base}${count}`, paging, lists }]
  })
}

export function pagerOf(pagers: readonly Pager[], list: List): Pager {
  const found = pagers.find(({ paging }) => keyOf(paging) === keyOf(list.paging))
  if (!found) throw new TypeError(`No pager of ${list.path}`)
  return found
}

/** One size of pages for all lists, the largest that every one of them takes. */
export function perPage(spec: DockSpec): number | undefined {
  const sizes = allLists(spec).flatMap(({ list: { paging } }) =>
    paging.kind !== "whole" && paging.size ? [paging.size.most] : [],
  )
  return sizes.length > 0 ? Math.min(...sizes) : undefined
}

/** What beside the items tells how a list goes on, by its path in the answer. */
export function toldBeside(paging: Paging): { path: string; is: "count" | "token" | "total" }[] {
  if (paging.kind === "whole") return []
  const total = paging.total === undefined ? [] : [{ path: paging.total, is: "total" as const }]
  switch (paging.kind) {
    case "numbers":
      if (paging.lastPage) return [{ path: paging.lastPage, is: "count" }, ...total]
      return paging.next ? [{ path: paging.next, is: "token" }, ...total] : total
    case "cursor":
      return paging.ofItem ? total : [{ path: paging.next, is: "token" }, ...total]
    case "links":
      return paging.next ? [{ path: paging.next, is: "token" }, ...total] : total
    default:
      return total
  }
}

/** The size differs by what each list takes at most; that alone makes no other way of going on. */
function keyOf(paging: Paging): string {
  const { size, ...rest } = { size: undefined, ...paging }
  return JSON.stringify([rest, size?.name])
}
