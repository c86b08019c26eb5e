import { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import type { Answer } from "../../../core/http.ts"
import { incomplete } from "../../../core/listing-guard.ts"
import type { Listing } from "../../../core/page.ts"
import { cursors } from "../../../core/paging.ts"

/** The most that Vercel gives; 20 when not asked. */
export const PER_PAGE = 100

/**
 * Vercel's lists: `{ projects: […], pagination: { next } }`, where `next` is a time or a token. It is null at the end, but
 * on some lists it is set on the last page too, and then the page after that is empty. Or it would hold the last item once
 * more, were `until` to include its own time: Vercel says "before", and does not say whether that is strict.
 */
export function pages(key: string, fetchPage: (cursor: string | undefined) => Promise<Answer>): Listing {
  const shape = pageOf(key)
  let last: string | undefined
  return cursors(async (cursor) => {
    const answer = await fetchPage(cursor)
    const { items, pagination } = envelope(shape, answer)
    // A list that tells nothing of pages is whole, unless it has just as many items as a page.
    if (!pagination && items.length >= PER_PAGE)
      throw incomplete(answer, "does not say whether there is more")

    const [only] = items.length === 1 ? items.map((item) => JSON.stringify(item)) : []
    if (items.length === 0 || (only !== undefined && only === last)) return { items: [], next: null, answer }
    last = JSON.stringify(items.at(-1))
    return { items, next: pagination?.next, answer }
  })
}

const Pagination = z.looseObject({ next: z.union([z.number(), z.string()]).nullish() })
const Envelope = z.looseObject({ pagination: Pagination.optional() })

function pageOf(key: string) {
  return Envelope.transform((body, context) => {
    const items: unknown = body[key]
    if (Array.isArray(items)) return { items: items as readonly unknown[], pagination: body.pagination }
    context.issues.push({ code: "custom", path: [key], message: "not a list", input: body })
    return z.NEVER
  })
}
