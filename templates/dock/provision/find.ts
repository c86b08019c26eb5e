import type { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import { DockError } from "../../../core/errors.ts"
import type { Listing } from "../../../core/page.ts"
import type { Made } from "../../../core/provision.ts"

/**
 * Looks a thing up by what it is called. The listing is read to its end, because two that fit are for a person to tell
 * apart.
 */
export async function findIn<Shape extends z.ZodType>(
  endpoint: string,
  listing: Listing,
  shape: Shape,
  isIt: (item: z.output<Shape>) => boolean,
  idOf: (item: z.output<Shape>) => string,
): Promise<Made | null> {
  const found: string[] = []
  for await (const page of listing) {
    for (const body of page.items) {
      const item = envelope(shape, { provider: "acme", endpoint, status: 200, requestId: undefined, body })
      if (isIt(item)) found.push(idOf(item))
    }
  }
  const [id, ...others] = found
  if (others.length === 0) return id === undefined ? null : { id }
  throw new DockError({
    code: "conflict",
    provider: "acme",
    endpoint,
    message: `acme: ${endpoint} has several that fit: ${found.join(", ")}`,
    suggestion: "Look in Acme which of them is the new one.",
  })
}
