import { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import type { Answer } from "../../../core/http.ts"
import { nextLink } from "../../../core/link-header.ts"
import type { Listing } from "../../../core/page.ts"
import { pageNumbers } from "../../../core/paging.ts"

/** Netlify's own most: https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/#pagination */
const PER_PAGE = 100

type Query = Readonly<Record<string, string | number>>
type Fetch = (query: Query) => Promise<Answer>

/**
 * A list in pages. The Link header names the next page; on the last one, and on an only one, there may be no header at
 * all. So that a header lost on its way is not taken for the end, a page that is full has one after it, which may be empty.
 */
export function paged(fetch: Fetch): Listing {
  return pageNumbers(async (page) => {
    const answer = await fetch({ page, per_page: PER_PAGE })
    const items = itemsOf(answer)
    return { items, isLast: nextLink(answer.headers) === null && items.length < PER_PAGE, answer }
  })
}

/** A list that comes in one answer; should Netlify begin to cut it into pages, its Link header will say so. */
export function whole(fetch: Fetch): Listing {
  return pageNumbers(async (page) => {
    const answer = await fetch(page === 1 ? {} : { page })
    return { items: itemsOf(answer), isLast: nextLink(answer.headers) === null, answer }
  })
}

/** Lists have no envelope. */
const Items = z.array(z.unknown())

function itemsOf(answer: Answer): unknown[] {
  return envelope(Items, answer)
}
