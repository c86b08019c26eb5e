import type { ConvexReactClient } from "convex/react"
import type { ApiFromModules, FunctionArgs, FunctionReference, FunctionReturnType } from "convex/server"
import type { publicFunctions } from "../../convex/public.ts"

/** The functions of `convex/stackdock.ts`, as the generated `api.stackdock` names them. */
export type StackdockApi = ApiFromModules<{ stackdock: ReturnType<typeof publicFunctions> }>["stackdock"]

/** What this needs of Convex's client. */
export type ConvexClient = Pick<ConvexReactClient, "query" | "action" | "watchQuery">

export type AnyQuery = FunctionReference<"query">
export type ArgsOf<Reference extends FunctionReference<"query" | "action">> = FunctionArgs<Reference>
export type AnswerOf<Reference extends FunctionReference<"query" | "action">> = FunctionReturnType<Reference>
