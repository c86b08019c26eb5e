import { actionGeneric, type RegisteredAction } from "convex/server"
import {
  ConvexError,
  type GenericValidator,
  type ObjectType,
  type PropertyValidators,
  v,
} from "convex/values"
import type { ActionContext } from "./acting.ts"

/**
 * An action whose arguments can hold secrets. Convex quotes arguments that do not fit in an error, which goes to the
 * deployment's log. So to Convex these may be anything, and they are checked here, in words that quote nothing.
 */
export function confidentialAction<Fields extends PropertyValidators, Result>({
  args,
  handler,
}: {
  args: Fields
  handler: (ctx: ActionContext, args: ObjectType<Fields>) => Promise<Result>
}): RegisteredAction<"public", ObjectType<Fields>, Promise<Result>> {
  const expected = v.object(args)
  return actionGeneric({
    args: v.any(),
    async handler(ctx, given) {
      const problem = problemOf(expected, given, "What was given")
      if (problem === undefined) return await handler(ctx, given)
      throw new ConvexError({
        code: "invalid_arguments",
        message: `${problem}.`,
        suggestion: "The types of `api.stackdock` say what it takes.",
      })
    },
  })
}

/** Where a value does not fit, or undefined. It names the fields that are known, and nothing of what was given. */
function problemOf(expected: GenericValidator, value: unknown, name: string): string | undefined {
  switch (expected.kind) {
    case "any":
      return undefined
    case "literal":
      return value === expected.value ? undefined : `${name} does not fit`
    case "union": {
      const fits = expected.members.some((member) => problemOf(member, value, name) === undefined)
      return fits ? undefined : `${name} does not fit`
    }
    case "object":
      return problemIn(expected.fields, value, name)
    case "string":
      return typeof value === "string" ? undefined : `${name} is no text`
    default:
      throw new TypeError(`Arguments with secrets beside them cannot be ${expected.kind} yet.`)
  }
}

function problemIn(
  fields: Record<string, GenericValidator>,
  value: unknown,
  name: string,
): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return `${name} is no object`
  const given: Readonly<Record<string, unknown>> = Object(value)
  if (Object.keys(given).some((key) => !Object.hasOwn(fields, key))) return `${name} has a field too many`
  for (const [key, expected] of Object.entries(fields)) {
    const isMissing = given[key] === undefined
    if (isMissing && expected.isOptional === "required") return `${key} is missing`
    const problem = isMissing ? undefined : problemOf(expected, given[key], key)
    if (problem !== undefined) return problem
  }
  return undefined
}
