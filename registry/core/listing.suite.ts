import { expect } from "vitest"
import { DockError } from "./errors.ts"
import type { Listing } from "./page.ts"
import type { NumberedPage } from "./paging.ts"

export const answer = { provider: "acme", endpoint: "GET /sites", requestId: "r-1" }

/** What a listing gave before it ended, and how it ended. */
export async function read<Item>(listing: Listing<Item>) {
  const items: Item[] = []
  let pages = 0
  try {
    for await (const page of listing) {
      pages++
      items.push(...page.items)
    }
  } catch (error) {
    expect(error).toBeInstanceOf(DockError)
    return { items, pages, failure: error as DockError }
  }
  return { items, pages, failure: undefined }
}

/** An account whose rows can change between requests. */
export function account(
  rows: number[],
  size: number,
  change: (request: number, rows: number[]) => void = () => {},
) {
  let requests = 0
  return async (page: number): Promise<NumberedPage<number>> => {
    change(requests++, rows)
    const start = (page - 1) * size
    return {
      answer,
      items: rows.slice(start, start + size),
      total: rows.length,
      lastPage: Math.max(1, Math.ceil(rows.length / size)),
    }
  }
}

export const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
