import { z } from "zod"
import { envelope } from "../../core/envelope.ts"
import type { Answer } from "../../core/http.ts"
import type { FetchedPage, NumberedPage } from "../../core/paging.ts"
import { GridPaneDomain } from "./types.ts"

/** Laravel's pages. The last page is told by its number; where that is missing, by there being no next one. */
const paging = {
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
  meta: z.looseObject({ last_page: z.int().nullish(), total: z.int().nonnegative().nullish() }).nullish(),
}

const Rows = z.looseObject({ data: z.array(z.unknown()), ...paging })
/** `/domain` wraps its rows once more, beside `constants`: the DNS accounts, with their keys in clear. Never read. */
const DomainRows = z.looseObject({ data: z.looseObject({ domains: z.array(z.unknown()) }), ...paging })
const Integrations = z.looseObject({ integrations: z.array(z.unknown()) })
/** One site's schedules come as the site alone, where all sites' come as a list. */
const Schedules = z.looseObject({ data: z.union([z.array(z.unknown()), z.looseObject({})]) })

export function readPage(answer: Answer): NumberedPage<unknown> {
  const body = envelope(Rows, answer)
  return page(body.data, body, answer)
}

export function readDomainPage(answer: Answer): NumberedPage<unknown> {
  const body = envelope(DomainRows, answer)
  return page(body.data.domains, body, answer)
}

export function readIntegrations(answer: Answer): FetchedPage<unknown> {
  return { items: envelope(Integrations, answer).integrations, answer }
}

export function readSchedules(answer: Answer): FetchedPage<unknown> {
  return { items: [envelope(Schedules, answer).data].flat(), answer }
}

function page(
  items: readonly unknown[],
  { links, meta }: Pick<z.output<typeof Rows>, "links" | "meta">,
  answer: Answer,
): NumberedPage<unknown> {
  const total = meta?.total ?? undefined
  if (meta?.last_page != null) return { items, total, lastPage: meta.last_page, answer }
  return { items, total, isLast: links?.next === undefined ? undefined : links.next === null, answer }
}

/**
 * One thing, asked for by its id. A site comes bare under `data`. How a server and a domain come is documented nowhere: a
 * list with it inside is understood as well.
 */
export function readOne(answer: Answer, id: string): Record<string, unknown> {
  return envelope(
    z.looseObject({ data: z.unknown() }).transform(({ data }, context) => {
      const list = DomainRows.shape.data.safeParse(data).data?.domains ?? data
      const items = [list].flat().map((one) => z.looseObject({}).safeParse(one).data)
      const found = items.find((one) => one !== undefined && String(one["id"]) === id)
      if (found !== undefined) return found
      context.issues.push({ code: "custom", message: `not the one with the id ${id}`, input: data })
      return z.NEVER
    }),
    answer,
  )
}

/**
 * What a POST to `/site` or `/domain` answers is documented nowhere. Other answers of GridPane name what they are about
 * by `site_id` and the like, or hold it under `data`. Undefined where this one does neither.
 */
export function readMadeId(answer: Answer, key: "site_id" | "domain_id"): string | undefined {
  const told = GridPaneDomain.shape.id.optional().catch(undefined)
  const { data: named } = z.looseObject({ [key]: told }).safeParse(answer.body)
  const { data: held } = z.looseObject({ data: z.looseObject({ id: told }) }).safeParse(answer.body)
  return named?.[key] ?? held?.data.id
}
