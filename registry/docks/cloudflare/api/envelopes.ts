import { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import type { Answer } from "../../../core/http.ts"
import type { CursorPage, FetchedPage, NumberedPage } from "../../../core/paging.ts"
import { CloudflareR2Bucket } from "../types.ts"

const count = z.int().nonnegative().nullish()

/** `per_page` is the size that the provider keeps to, which need not be the one that was asked for. */
const ResultInfo = z.looseObject({
  per_page: z.number().positive().nullish(),
  total_count: count,
  total_pages: count,
})
const Rows = z.looseObject({
  success: z.literal(true),
  result: z.array(z.unknown()),
  result_info: ResultInfo.nullish(),
})
const Buckets = z.looseObject({
  success: z.literal(true),
  result: z.looseObject({ buckets: z.array(z.unknown()) }),
})
const Named = CloudflareR2Bucket.pick({ name: true })

/**
 * `total_pages` is left out by some resources, and 0 or 1 where there is nothing; so the totals count too, and the larger
 * number is the last page. Where neither is told, the last page is the one that is not full.
 */
export function readPage(answer: Answer): NumberedPage<unknown> {
  const { result: items, result_info: info } = envelope(Rows, answer)
  const total = info?.total_count ?? undefined
  const perPage = info?.per_page ?? undefined
  const pages = [
    ...(total !== undefined && perPage !== undefined ? [Math.ceil(total / perPage)] : []),
    ...(info?.total_pages ? [info.total_pages] : []),
  ]
  if (pages.length > 0) return { items, total, lastPage: Math.max(1, ...pages), answer }
  return { items, total, isLast: perPage === undefined ? undefined : items.length < perPage, answer }
}

/** Should one of these listings ever be cut into pages, its total would tell. */
export function readWhole(answer: Answer): FetchedPage<unknown> {
  const { result: items, result_info: info } = envelope(Rows, answer)
  return { items, total: info?.total_count ?? undefined, answer }
}

/**
 * R2 has its list one level deeper. It gives a cursor while there is more, but a page without one may as well have lost it: a
 * bucket's name is a way on that every page has, and a page with nothing after it is the end.
 */
export function readBuckets(answer: Answer): CursorPage<unknown> {
  const { buckets: items } = envelope(Buckets, answer).result
  const last = items.at(-1)
  return { items, next: last === undefined ? null : envelope(Named, { ...answer, body: last }).name, answer }
}
