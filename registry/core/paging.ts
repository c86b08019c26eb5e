import { incomplete, ListingGuard, type Source } from "./listing-guard.ts"
import type { Page } from "./page.ts"

/** What one request of a listing told. `answer` says which request it was, should the listing turn out not to be whole. */
export interface FetchedPage<Item> extends Page<Item> {
  readonly answer: Source
}

export interface NumberedPage<Item> extends FetchedPage<Item> {
  /** The number of the last page. It may change while pages are read. */
  readonly lastPage?: number | undefined
  /** Whether this is the last page. Goes before `lastPage`. */
  readonly isLast?: boolean | undefined
}

export interface OffsetPage<Item> extends FetchedPage<Item> {
  /** Whether this is the last page. Without it, the listing ends when `total` items have come. */
  readonly isLast?: boolean | undefined
}

export interface CursorPage<Item> extends FetchedPage<Item> {
  /** null, undefined or "" is the end. */
  readonly next: string | number | null | undefined
}

/**
 * Pages counted 1, 2, 3 … (or from `first`). Once the last page is known, up to `concurrency` requests are under way
 * at once; the pages still come in order.
 */
export async function* pageNumbers<Item>(
  fetchPage: (page: number) => Promise<NumberedPage<Item>>,
  { first = 1, concurrency = 1 }: { first?: number; concurrency?: number } = {},
): AsyncGenerator<Page<Item>> {
  const guard = new ListingGuard<Item>()
  const underWay = new Map<number, Promise<NumberedPage<Item>>>()
  const request = (number: number) => {
    const known = underWay.get(number)
    if (known) return known
    const promise = fetchPage(number)
    // If an earlier page fails, nobody will ask for this one.
    promise.catch(() => {})
    underWay.set(number, promise)
    return promise
  }

  let lastPage = first
  for (let number = first; ; number++) {
    const current = request(number)
    for (let ahead = number + 1; ahead <= lastPage && ahead < number + concurrency; ahead++) request(ahead)
    const page = await current
    underWay.delete(number)
    if (guard.hasSlipped(page)) yield guard.mend(page, await fetchPage(number - 1))
    yield guard.next(page)
    lastPage = page.lastPage ?? lastPage
    const isLast = page.isLast ?? (page.lastPage === undefined ? undefined : number >= page.lastPage)
    if (isLast === undefined) throw incomplete(page.answer, "does not say whether there are more pages")
    if (isLast) return guard.end(page.answer)
  }
}

/** Pages that begin at an item's position. */
export async function* offsets<Item>(
  fetchPage: (offset: number) => Promise<OffsetPage<Item>>,
): AsyncGenerator<Page<Item>> {
  const guard = new ListingGuard<Item>()
  let previous = 0
  for (let offset = 0; ; ) {
    const page = await fetchPage(offset)
    if (guard.hasSlipped(page)) yield guard.mend(page, await fetchPage(previous))
    yield guard.next(page)
    previous = offset
    offset += page.items.length
    const isLast = page.isLast ?? (page.total === undefined ? undefined : offset >= page.total)
    if (isLast === undefined) throw incomplete(page.answer, "does not say whether there are more pages")
    if (isLast) return guard.end(page.answer)
    if (page.items.length === 0) throw incomplete(page.answer, "gave an empty page before its end")
  }
}

/**
 * Each page tells the way to the next: a cursor, an opaque token, or an address (`nextLink` reads one from a Link
 * header; `http.get(path, { url })` follows it, within the same origin only).
 */
export async function* cursors<Item>(
  fetchPage: (cursor: string | undefined) => Promise<CursorPage<Item>>,
): AsyncGenerator<Page<Item>> {
  const guard = new ListingGuard<Item>()
  let cursor: string | undefined
  for (;;) {
    const page = await fetchPage(cursor)
    yield guard.next(page)
    if (page.next === null || page.next === undefined || page.next === "") return guard.end(page.answer)
    cursor = String(page.next)
    guard.follow(cursor, page.answer)
  }
}

/** A listing that comes in one answer. */
export async function* single<Item>(fetchPage: () => Promise<FetchedPage<Item>>): AsyncGenerator<Page<Item>> {
  const guard = new ListingGuard<Item>()
  const page = await fetchPage()
  yield guard.next(page)
  guard.end(page.answer)
}
