import type { Operation } from "../../openapi/description.ts"
import { wordsIn } from "../../openapi/names.ts"
import type { Shape } from "../../openapi/shape.ts"
import type { Paging } from "../spec.ts"
import type { ListOperation } from "./lists.ts"

const PAGE = /^(page|page_number|p|pagenumber|current_page)$/
const OFFSET = /^(offset|skip|start|start_index)$/
const CURSOR =
  /^(cursor|page_token|next_token|after|starting_after|marker|continue|continuation_token|since|until|next|page_cursor|paging_cursor|start_cursor)$/
const SIZE =
  /^(per_page|page_size|pagesize|limit|max_results|maxresults|perpage|max_items|page_limit|first|count)$/
const MOST = 100

export interface ProposedPaging {
  readonly paging: Paging
  /** What the document leaves open. */
  readonly decide?: string
}

/** How a list goes on: told by what the request takes, and by what the answer has beside the items. */
export function proposePaging({ operation, items, item }: ListOperation): ProposedPaging {
  const taken = (pattern: RegExp) =>
    operation.parameters.find((one) => one.in === "query" && pattern.test(wordsIn(one.name).join("_")))
  const size = sizeOf(operation)
  const withSize = size ? { size } : {}
  const told = operation.answer ? besideItems(operation.answer, items) : []
  const total = find(
    told,
    ["integer"],
    /(^|[._])(total(_(count|entries|results|items|size))?|results|total_?count|count)$/,
  )
  const withTotal = total && !/page/.test(total.plain) ? { total: total.path } : {}
  const nextText = find(
    told,
    ["string", "integer"],
    /(^|[._])(next(_(cursor|token|page_token))?|cursor|end_cursor|continuation_token|continue|after|next_page_token)$/,
  )
  const address = told.find(
    ({ plain, shape }) =>
      /(^|[._])next(_(link|url|page_url|href|uri|page_uri))?$/.test(plain) && isAddress(plain, shape),
  )

  const cursor = taken(CURSOR)
  if (cursor && item !== undefined) {
    return { paging: { kind: "cursor", cursor: cursor.name, ...withSize, next: "cursor", ofItem: true } }
  }
  const page = taken(PAGE)
  if (page) {
    const lastPage = find(
      told,
      ["integer"],
      /(^|[._])(last_page|total_pages|pages|page_count|pages_count|num_pages)$/,
    )
    const next = lastPage
      ? undefined
      : find(told, ["string", "integer"], /(^|[._])next(_(page|url|page_url|link|page_number))?$/)
    if (!lastPage && !next && operation.headers.includes("link")) {
      return { paging: { kind: "links", ...withSize } }
    }
    return {
      paging: {
        kind: "numbers",
        page: page.name,
        ...withSize,
        ...(lastPage ? { lastPage: lastPage.path } : next ? { next: next.path } : {}),
        ...withTotal,
      },
      ...(lastPage || next || total
        ? {}
        : { decide: "the document does not say how this list ends. It is read until a page is empty." }),
    }
  }
  if (cursor && nextText && !(address && address.path === nextText.path)) {
    return { paging: { kind: "cursor", cursor: cursor.name, ...withSize, next: nextText.path, ...withTotal } }
  }
  if (address) return { paging: { kind: "links", ...withSize, next: address.path, ...withTotal } }
  if (operation.headers.includes("link")) return { paging: { kind: "links", ...withSize } }
  const offset = taken(OFFSET)
  if (offset) {
    return {
      paging: { kind: "offset", offset: offset.name, ...withSize, ...withTotal },
      ...(total
        ? {}
        : { decide: "the document does not say how this list ends. It is read until a page is empty." }),
    }
  }
  const left = cursor ?? taken(SIZE)
  return {
    paging: { kind: "whole" },
    ...(left
      ? {
          decide: `the list takes \`${left.name}\`, and the document does not say how it goes on. It is read as if it came whole.`,
        }
      : {}),
  }
}

interface Told {
  readonly path: string
  readonly plain: string
  readonly shape: Shape
}

/** What stands beside the items, up to three levels deep. */
function besideItems(answer: Shape, items: string): Told[] {
  const found: Told[] = []
  const walk = (shape: Shape, path: string, depth: number) => {
    for (const [key, held] of shape.properties()) {
      if (!/^[\w$@-]+$/.test(key)) continue
      const at = path === "" ? key : `${path}.${key}`
      if (at === items) continue
      if (
        held.types.has("object") &&
        depth < 3 &&
        /^(meta(data)?|links|pagination|paging|pages|page|page_?info|response_?metadata|result_info|_?links)$/i.test(
          key,
        )
      ) {
        walk(held, at, depth + 1)
      }
      found.push({
        path: at,
        plain: at
          .split(".")
          .map((part) => wordsIn(part).join("_"))
          .join("."),
        shape: held,
      })
    }
  }
  walk(answer, "", 0)
  return found
}

function find(
  told: readonly Told[],
  types: readonly ("string" | "integer")[],
  pattern: RegExp,
): Told | undefined {
  return told.find(({ plain, shape }) => {
    const isNumber = shape.types.has("integer") || shape.types.has("number")
    const fits =
      (types.includes("integer") && isNumber) || (types.includes("string") && shape.types.has("string"))
    return fits && pattern.test(plain)
  })
}

function isAddress(plain: string, { format, example, description, types }: Shape): boolean {
  if (!types.has("string")) return false
  return (
    /(link|url|href|uri)$/.test(plain) ||
    format === "uri" ||
    /^(https?:|\/)/.test(typeof example === "string" ? example : "") ||
    /\b(url|uri|link)\b/i.test(description)
  )
}

function sizeOf({ parameters }: Operation): { name: string; most: number } | undefined {
  const found = parameters.find((one) => one.in === "query" && SIZE.test(wordsIn(one.name).join("_")))
  if (!found) return undefined
  const { maximum, description } = found.shape
  const [, said] = /\bmax(?:imum)?(?: (?:is|of|value|allowed|limit))*:? ?`?(\d{2,4})/i.exec(description) ?? []
  return { name: found.name, most: Math.min(MOST, maximum ?? (said ? Number(said) : MOST)) }
}
