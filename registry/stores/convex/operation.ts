import type { GenericDatabaseReader, GenericDatabaseWriter } from "convex/server"
import type { ObjectType, PropertyValidators } from "convex/values"
import type { StoreModel } from "./tables.ts"

export type Reader = GenericDatabaseReader<StoreModel>
export type Writer = GenericDatabaseWriter<StoreModel>

/**
 * One thing that the store does in one transaction. A query or a mutation of Convex does it at once; an action, which has
 * no database, has it done by the internal function of its name (`functions.ts`).
 */
export interface Operation<Kind extends "query" | "mutation", Args extends PropertyValidators, Result> {
  readonly kind: Kind
  readonly args: Args
  run(db: Kind extends "query" ? Reader : Writer, args: ObjectType<Args>): Promise<Result>
}

export function reads<Args extends PropertyValidators, Result>(
  args: Args,
  run: (db: Reader, args: ObjectType<Args>) => Promise<Result>,
): Operation<"query", Args, Result> {
  return { kind: "query", args, run }
}

export function writes<Args extends PropertyValidators, Result>(
  args: Args,
  run: (db: Writer, args: ObjectType<Args>) => Promise<Result>,
): Operation<"mutation", Args, Result> {
  return { kind: "mutation", args, run }
}
