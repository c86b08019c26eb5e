import { z } from "zod"
import { DockError } from "../../core/errors.ts"

/** Laravel's pages. Which of the two end signals comes differs by endpoint; one of them must. */
const paging = {
  links: z.looseObject({ next: z.string().nullish() }).nullish(),
  meta: z.looseObject({ last_page: z.int().nullish(), total: z.int().nonnegative().nullish() }).nullish(),
}

const Rows = z.looseObject({ data: z.array(z.unknown()), ...paging })
/** `/domain` wraps its rows once more, beside `constants`: the DNS accounts, with their keys in clear. Never read. */
const DomainRows = z.looseObject({ data: z.looseObject({ domains: z.array(z.unknown()) }), ...paging })

export interface GridPanePage {
  items: readonly unknown[]
  total: number | undefined
  lastPage: number | undefined
  isLast: boolean | undefined
}

export function readPage(body: unknown, endpoint: string): GridPanePage {
  const answer = read(Rows, body, endpoint)
  return page(answer.data, answer, endpoint)
}

export function readDomainPage(body: unknown, endpoint: string): GridPanePage {
  const answer = read(DomainRows, body, endpoint)
  return page(answer.data.domains, answer, endpoint)
}

function page(
  items: readonly unknown[],
  { links, meta }: Pick<z.output<typeof Rows>, "links" | "meta">,
  endpoint: string,
): GridPanePage {
  const lastPage = meta?.last_page ?? undefined
  if (lastPage === undefined && links?.next === undefined) {
    throw unexpected(endpoint, "it does not tell whether there are more pages")
  }
  const isLast = lastPage === undefined ? links?.next === null : undefined
  return { items, total: meta?.total ?? undefined, lastPage, isLast }
}

const Integrations = z.looseObject({ integrations: z.array(z.unknown()) })
const Schedules = z.looseObject({ data: z.union([z.array(z.unknown()), z.looseObject({})]) })

export function readIntegrations(body: unknown, endpoint: string): readonly unknown[] {
  return read(Integrations, body, endpoint).integrations
}

/** One site's schedules come as the site alone where all sites' come as a list. */
export function readSchedules(body: unknown, endpoint: string): readonly unknown[] {
  return [read(Schedules, body, endpoint).data].flat()
}

/** What is not as documented is an error that keeps all rows, never an empty listing. */
export function read<Shape extends z.ZodType>(
  shape: Shape,
  value: unknown,
  endpoint: string,
): z.output<Shape> {
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw unexpected(endpoint, issue ? `${issue.path.join(".") || "body"}: ${issue.message}` : "unknown shape")
}

export function unexpected(endpoint: string, what: string): DockError {
  return new DockError({
    code: "invalid_response",
    provider: "gridpane",
    endpoint,
    message: `GridPane's answer to ${endpoint} is not as documented: ${what}.`,
    suggestion: "Try again. If it stays so, GridPane has changed its API: look for an update of this dock.",
  })
}
