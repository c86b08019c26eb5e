/**
 * Which element on the page shows which row. While somebody scrolls, rows that come take the elements of those that left:
 * another text in an element that is there costs far less than a new element.
 */
export function slotsFor(
  before: ReadonlyMap<number, number>,
  indexes: readonly number[],
): Map<number, number> {
  const slots = new Map<number, number>()
  const left = new Map(before)
  for (const index of indexes) {
    const slot = before.get(index)
    if (slot === undefined) continue
    slots.set(index, slot)
    left.delete(index)
  }
  const taken = new Set(slots.values())
  const free = [...left.values()]
  let fresh = 0
  for (const index of indexes) {
    if (slots.has(index)) continue
    const slot = free.pop()
    while (slot === undefined && taken.has(fresh)) fresh++
    taken.add(slot ?? fresh)
    slots.set(index, slot ?? fresh)
  }
  return slots
}
