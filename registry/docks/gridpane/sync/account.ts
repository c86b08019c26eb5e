import type { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import type { Listing } from "../../../core/page.ts"
import { ACCOUNT_SCOPE, type Scope } from "../../../core/resource.ts"

/** The one scope of a table that is listed in one go, with what its mapping must know of other things. */
export async function* wholeAccount<Data>(learn: () => Promise<Data>): Listing<Scope<Data>> {
  yield { items: [{ id: ACCOUNT_SCOPE, data: await learn() }] }
}

/**
 * Reads an item that other rows hang on. It may not be skipped like an odd row: what hangs on it would seem to be gone.
 * So it throws, and the rows stay.
 */
export function needed<Shape extends z.ZodType>(
  shape: Shape,
  raw: unknown,
  endpoint: string,
): z.output<Shape> {
  return envelope(shape, { provider: "gridpane", endpoint, status: 200, requestId: undefined, body: raw })
}
