/** Ids of one page of bits: 4 KiB of memory. */
const PAGE_BITS = 32_768

/**
 * A set of row ids, one bit each, so that a million rows cost 125 KiB. Only pages that hold an id take memory: the rows
 * of one dock may lie far apart in a table of many.
 */
export class SeenRows {
  readonly #pages = new Map<number, Uint32Array>()

  add(id: number): void {
    const page = Math.floor(id / PAGE_BITS)
    const bits = this.#pages.get(page) ?? new Uint32Array(PAGE_BITS / 32)
    this.#pages.set(page, bits)
    const bit = id % PAGE_BITS
    bits[bit >>> 5] = (bits[bit >>> 5] ?? 0) | (1 << (bit & 31))
  }

  has(id: number): boolean {
    const bit = id % PAGE_BITS
    const word = this.#pages.get(Math.floor(id / PAGE_BITS))?.[bit >>> 5] ?? 0
    return (word & (1 << (bit & 31))) !== 0
  }
}
