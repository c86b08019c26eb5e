import { ConvexError, type Value } from "convex/values"
import { StoreError } from "../../engine/ports.ts"

/** In a function that an action calls: of what it throws, only the data of a ConvexError arrives there. */
export async function sendingErrors<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    throw new ConvexError({ storeError: error.code, message: error.message })
  }
}

/** In the action: the store's own errors as they were thrown. Whatever else Convex fails with may quote what was written. */
export async function receivingErrors<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    const data: Value | undefined = error instanceof ConvexError ? error.data : undefined
    if (typeof data !== "object" || data === null || !("storeError" in data)) {
      throw new StoreError("unavailable", "The database did not answer. Convex's logs say why.")
    }
    throw new StoreError(data["storeError"] as StoreError["code"], String(data["message"]))
  }
}
