import { type GenericActionCtx, type GenericDataModel, makeFunctionReference } from "convex/server"
import { ConvexError, type ObjectType, type Value } from "convex/values"
import { StoreError } from "../../engine/ports.ts"
import type { Reader, Writer } from "./operation.ts"
import { type Operations, operations } from "./operations.ts"

/** Has an operation done, wherever the caller is. */
export type Call = <Name extends keyof Operations>(
  name: Name,
  args: ObjectType<Operations[Name]["args"]>,
) => Promise<ResultOf<Name>>

type ResultOf<Name extends keyof Operations> = Awaited<ReturnType<Operations[Name]["run"]>>

/** In a query or a mutation, whose own transaction it is. A query can only read. */
export function callsIn(db: Reader | Writer): Call {
  return async (name, args) => {
    const { kind, run } = operations[name]
    if (kind === "mutation" && !("insert" in db)) throw new TypeError(`A query cannot ${name}.`)
    return await (run as Run)(db, args)
  }
}

/** In an action: each in a transaction of its own. */
export function callsFrom(ctx: Pick<GenericActionCtx<GenericDataModel>, "runQuery" | "runMutation">): Call {
  return async (name, args) => {
    const path = `stackdockStore:${name}`
    try {
      return operations[name].kind === "query"
        ? await ctx.runQuery(makeFunctionReference<"query">(path), args)
        : await ctx.runMutation(makeFunctionReference<"mutation">(path), args)
    } catch (error) {
      throw storeError(error)
    }
  }
}

/** Which arguments go with which operation is said by `Call`. */
type Run = (db: Reader | Writer, args: unknown) => Promise<never>

/** Whatever else Convex fails with may quote what was written. */
function storeError(error: unknown): StoreError {
  const data: Value | undefined = error instanceof ConvexError ? error.data : undefined
  if (typeof data !== "object" || data === null || !("storeError" in data))
    return new StoreError("unavailable", "The database did not answer. Convex's logs say why.")
  const { storeError: code, message } = data
  return new StoreError(code as StoreError["code"], String(message))
}
