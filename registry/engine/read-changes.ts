import type { Context } from "./context.ts"
import { limitOf } from "./page-request.ts"
import type { Changes, ChangesRequest } from "./reading.ts"

export async function listChanges(_: Context, { limit }: ChangesRequest = {}): Promise<Changes> {
  limitOf(limit, 100, 500)
  return { changes: [], totals: { added: 0, changed: 0, removed: 0, returned: 0 } }
}
