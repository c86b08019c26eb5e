import { contentHash } from "./content-hash.ts"
import { DockError } from "./errors.ts"
import type { Answer } from "./http.ts"
import type { Page } from "./page.ts"

/** The answer that a page came with: an `Answer` of the HTTP client, or as much of it. */
export type Source = Pick<Answer, "provider" | "endpoint" | "requestId">

interface SourcedPage<Item> extends Page<Item> {
  readonly answer: Source
}

const MOST_PAGES = 100_000
const MOST_EMPTY_PAGES = 100

/** Watches one listing for the ways in which it can go round in circles, never end, or end too soon. */
export class ListingGuard<Item> {
  #pages = 0
  #items = 0
  #emptyPages = 0
  #previous: readonly Item[] = []
  #total: number | undefined
  #smallestTotal = Number.POSITIVE_INFINITY
  readonly #cursors = new Set<string>()

  /** Each page, in order, before it is given on. */
  next({ items, total, answer }: SourcedPage<Item>): Page<Item> {
    this.#pages++
    if (this.#pages > MOST_PAGES) throw incomplete(answer, `has not ended after ${MOST_PAGES} pages`)
    this.#emptyPages = items.length === 0 ? this.#emptyPages + 1 : 0
    if (this.#emptyPages > MOST_EMPTY_PAGES) {
      throw incomplete(answer, `gave ${MOST_EMPTY_PAGES} empty pages in a row and still has more`)
    }
    if (isSamePage(items, this.#previous)) throw incomplete(answer, "gave the same page twice")
    this.#previous = items
    this.#items += items.length
    this.#total = total ?? this.#total
    if (total !== undefined) this.#smallestTotal = Math.min(this.#smallestTotal, total)
    return total === undefined ? { items } : { items, total }
  }

  /** The way to the next page must be one that was not gone before. */
  follow(cursor: string, answer: Source): void {
    // Hashed, because some cursors are kilobytes long.
    const hash = contentHash(cursor)
    if (this.#cursors.has(hash)) throw incomplete(answer, "leads back to a page that was read before")
    this.#cursors.add(hash)
  }

  /**
   * After the last page. The smallest total counts: what was created or removed while the pages were read is rightly
   * missing, but whatever was there all the time has to have come.
   */
  end(answer: Source): void {
    if (this.#smallestTotal === Number.POSITIVE_INFINITY || this.#items >= this.#smallestTotal) return
    throw incomplete(answer, `ended after ${this.#items} of ${this.#smallestTotal} items`)
  }

  /**
   * Whether rows were removed since the page before, by the totals. Where pages are counted, later rows have then moved
   * up, and as many as were removed have slipped from this page onto the one before, which was read already.
   */
  hasSlipped({ total, answer }: SourcedPage<Item>): boolean {
    const removed = this.#total === undefined || total === undefined ? 0 : this.#total - total
    if (removed > this.#previous.length) {
      throw incomplete(answer, "changed too much while it was read: more was removed than a page holds")
    }
    return removed > 0
  }

  /** The page before, read again to get what has slipped onto it; of use only if nothing has changed since. */
  mend(page: SourcedPage<Item>, before: SourcedPage<Item>): Page<Item> {
    if (before.total === page.total) return { items: before.items }
    throw incomplete(before.answer, "changed again and again while it was read")
  }
}

export function incomplete({ provider, endpoint, requestId }: Source, what: string): DockError {
  return new DockError({
    code: "incomplete_listing",
    message: `${provider}: the listing ${endpoint} ${what}`,
    provider,
    endpoint,
    requestId,
    suggestion: "Nothing was deleted on the strength of this listing. Try again.",
  })
}

/** Comparing the first items tells almost always. */
function isSamePage(a: readonly unknown[], b: readonly unknown[]): boolean {
  return (
    a.length > 0 &&
    a.length === b.length &&
    JSON.stringify(a[0]) === JSON.stringify(b[0]) &&
    JSON.stringify(a) === JSON.stringify(b)
  )
}
