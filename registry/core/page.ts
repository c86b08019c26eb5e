/**
 * One page of a listing.
 *
 * A listing is an async iterator of pages with one promise: *it ends normally only after the provider's own end
 * signal was seen.* Whatever else happens (a failed request, an odd envelope, a cursor that repeats) throws. The engine
 * deletes rows on the strength of that promise.
 */
export interface Page<Item = unknown> {
  readonly items: readonly Item[]
  /** How many items the provider says the whole listing has, where it says so. */
  readonly total?: number | undefined
}

export type Listing<Item = unknown> = AsyncIterable<Page<Item>>
