/** One answer of a paginated query. */
export interface CursorPage<Row> {
  page: Row[]
  isDone: boolean
  continueCursor: string
}

/** What one query was asked for. */
export interface PageAsked {
  cursor: string | null
  numItems: number
}

export interface Stretch<Row> {
  rows: Row[]
  /** The queries that these rows came from. */
  asked: PageAsked[]
}

/** The most that one query gives. */
const LARGEST = 500

/**
 * Stretches of a listing that has cursors only: it is walked from the nearest place that is known, and the places on the way
 * are remembered. So the way to the end is long once.
 */
export class Stretches<Row> {
  readonly #isWanted: ((row: Row) => boolean) | undefined
  /** How many wanted rows come before each cursor, in their order. */
  readonly #marks: { at: number; cursor: string | null }[] = [{ at: 0, cursor: null }]
  #end: number | undefined

  /** `isWanted` leaves out rows that the query itself cannot. */
  constructor(isWanted: ((row: Row) => boolean) | undefined) {
    this.#isWanted = isWanted
  }

  async rows(
    { offset, limit }: { offset: number; limit: number },
    read: (asked: PageAsked) => Promise<CursorPage<Row>>,
  ): Promise<Stretch<Row>> {
    const stretch: Stretch<Row> = { rows: [], asked: [] }
    let { at, cursor } = this.#nearest(offset)
    while (stretch.rows.length < limit && at !== this.#end) {
      const wanted = at < offset ? offset - at : limit - stretch.rows.length
      const asked = { cursor, numItems: this.#isWanted ? LARGEST : Math.min(LARGEST, wanted) }
      const { page, isDone, continueCursor } = await read(asked)
      const rows = this.#isWanted ? page.filter(this.#isWanted) : page
      if (at + rows.length > offset) {
        stretch.rows.push(...rows.slice(Math.max(0, offset - at)))
        stretch.asked.push(asked)
      }
      at += rows.length
      cursor = continueCursor
      if (isDone) this.#end = at
      else this.#mark(at, cursor)
    }
    return { ...stretch, rows: stretch.rows.slice(0, limit) }
  }

  /** How many there are, or as far as is known: at least one more than were seen. */
  get total(): { rows: number; isExact: boolean } {
    if (this.#end !== undefined) return { rows: this.#end, isExact: true }
    return { rows: (this.#marks.at(-1)?.at ?? 0) + 1, isExact: false }
  }

  #nearest(offset: number): { at: number; cursor: string | null } {
    return this.#marks.filter(({ at }) => at <= offset).at(-1) ?? { at: 0, cursor: null }
  }

  #mark(at: number, cursor: string): void {
    const next = this.#marks.findIndex((mark) => mark.at > at)
    if (this.#marks.some((mark) => mark.cursor === cursor)) return
    this.#marks.splice(next === -1 ? this.#marks.length : next, 0, { at, cursor })
  }
}
