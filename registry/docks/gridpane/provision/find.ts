import type { z } from "zod"
import { DockError } from "../../../core/errors.ts"
import type { Listing } from "../../../core/page.ts"
import type { Made } from "../../../core/provision.ts"
import { needed } from "../sync/account.ts"

/**
 * Looks a thing up by what it is called: GridPane has neither tags nor idempotency keys. The listing is read to its end,
 * because two that fit are for a person to tell apart.
 */
export async function findIn<Item extends { id: string }>(
  endpoint: string,
  listing: Listing,
  shape: z.ZodType<Item>,
  isIt: (item: Item) => boolean,
): Promise<Made | null> {
  const found: Item[] = []
  for await (const page of listing) {
    found.push(...page.items.map((raw) => needed(shape, raw, endpoint)).filter(isIt))
  }
  const [first, ...others] = found
  if (others.length === 0) return first ? { id: first.id } : null
  throw new DockError({
    code: "conflict",
    provider: "gridpane",
    endpoint,
    message: `gridpane: ${endpoint} has several that fit: ${found.map(({ id }) => id).join(", ")}`,
    suggestion: "Look in GridPane which of them is the new one.",
  })
}

/**
 * After a POST whose answer did not tell the id. Whatever keeps it from being found, it may have been made: a refusal of
 * the listing must not pass for a refusal of the POST.
 */
export async function lookUp(endpoint: string, look: Promise<Made | null>): Promise<Made> {
  const made = await look.catch(() => null)
  if (made) return made
  throw new DockError({
    code: "invalid_response",
    provider: "gridpane",
    endpoint,
    message: `gridpane: ${endpoint} did not tell the id of what it made, and it was not found by its name`,
    suggestion: "Look in GridPane whether it is there.",
  })
}
