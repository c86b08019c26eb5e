import type { Page } from "../../../core/page.ts"
import { single } from "../../../core/paging.ts"
import { ACCOUNT_SCOPE, type Scope } from "../../../core/resource.ts"

/** The one scope of a table that is listed in one go, with what its mapping must know of other things. */
export function wholeAccount<Data>(learn: () => Promise<Data>): AsyncIterable<Page<Scope<Data>>> {
  return single(async () => ({ items: [{ id: ACCOUNT_SCOPE, data: await learn() }] }))
}
