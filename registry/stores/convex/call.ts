import { type GenericActionCtx, type GenericDataModel, makeFunctionReference } from "convex/server"
import type { ObjectType } from "convex/values"
import type { Reader, Writer } from "./operation.ts"
import { type Operations, operations } from "./operations.ts"
import { receivingErrors } from "./sent-errors.ts"

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
    return await receivingErrors(() =>
      operations[name].kind === "query"
        ? ctx.runQuery(makeFunctionReference<"query">(path), args)
        : ctx.runMutation(makeFunctionReference<"mutation">(path), args),
    )
  }
}

/** Which arguments go with which operation is said by `Call`. */
type Run = (db: Reader | Writer, args: unknown) => Promise<never>
