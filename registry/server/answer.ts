import type { Context, MiddlewareHandler, TypedResponse } from "hono"
import type { ContentfulStatusCode } from "hono/utils/http-status"
import { z } from "zod"
import type { Caller } from "./caller.ts"
import { Refusal } from "./problem.ts"
import type { SignedIn } from "./sign-in.ts"

/** What every handler finds in its context. */
export interface ServerEnv {
  Variables: { requestId: string; signedIn: SignedIn; caller: Caller }
}

/**
 * Sends a value that is JSON through and through, and tells the typed client that it arrives as what it was: Hono's own
 * `json()` computes a type of its own, which no longer is the one that the engine names.
 */
export function answer<Value, Status extends ContentfulStatusCode = 200>(
  c: Context,
  value: Value,
  status?: Status,
): Response & TypedResponse<Value, Status, "json"> {
  const headers = { "content-type": "application/json; charset=utf-8" }
  const response = c.newResponse(JSON.stringify(value), status ?? 200, headers)
  // The type's own part exists for the client alone: nothing of it is there when the code runs.
  return response as Response & TypedResponse<Value, Status, "json">
}

/** Nothing to say but that it was done. */
export function done<Status extends 202 | 204>(
  c: Context,
  status: Status,
): Response & TypedResponse<null, Status, "body"> {
  return c.body(null, status) as Response & TypedResponse<null, Status, "body">
}

type Target = "json" | "query" | "param"

/** Checks a part of a request before the handler sees it. What does not fit is named field by field. */
export function valid<From extends Target, Schema extends z.ZodType<object>, Path extends string>(
  from: From,
  schema: Schema,
): MiddlewareHandler<
  ServerEnv,
  Path,
  { in: { [T in From]: z.input<Schema> }; out: { [T in From]: z.output<Schema> } }
> {
  return async (c, next) => {
    const parsed = schema.safeParse(await read(c, from))
    if (!parsed.success) throw refused(parsed.error)
    c.req.addValidatedData(from, parsed.data)
    return next()
  }
}

async function read(c: Context, from: Target): Promise<unknown> {
  if (from === "param") return c.req.param()
  if (from === "query") {
    const all = Object.entries(c.req.queries())
    return Object.fromEntries(
      all.map(([name, [first, ...others]]) => [name, others.length ? [first, ...others] : first]),
    )
  }
  try {
    return await c.req.json()
  } catch {
    // The parser's own message quotes what was sent.
    throw new Refusal({ code: "malformed", status: 400, message: "What was sent is not JSON." })
  }
}

function refused(error: z.ZodError): Refusal {
  const fields: Record<string, string> = {}
  for (const { path, message } of error.issues) fields[path.map(String).join(".")] ??= message
  const said = Object.entries(fields).map(([name, message]) => (name ? `${name}: ${message}` : message))
  return new Refusal({
    code: "invalid_request",
    status: 422,
    message: `What was sent is not usable: ${said.join("; ")}.`,
    fields,
  })
}

/** Of a query, one value or several of the same name. */
export const several = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat())
  .optional()

export const yesOrNo = z
  .enum(["true", "false"])
  .transform((value) => value === "true")
  .optional()

export function wholeNumber(most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, "expected a whole number")
    .transform(Number)
    .refine((value) => value <= most, `expected ${most} at most`)
    .optional()
}
