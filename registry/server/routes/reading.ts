import { Hono } from "hono"
import { z } from "zod"
import { isResourceTable } from "../../schema/index.ts"
import { answer, type ServerEnv, several, valid, wholeNumber, yesOrNo } from "../answer.ts"
import { Refusal } from "../problem.ts"

const table = z.string().refine(isResourceTable, "there is no such table")

/** `-name` is by name, descending. */
const sort = z
  .string()
  .min(1)
  .transform((text) =>
    text.startsWith("-") ? { column: text.slice(1), descending: true } : { column: text },
  )
  .optional()

/** `column:value`, any number of times. */
const where = several.transform((pairs) => {
  const entries = (pairs ?? []).map((pair): [string, string] => {
    const [column = "", ...value] = pair.split(":")
    return [column, value.join(":")]
  })
  return entries.length > 0 ? Object.fromEntries(entries) : undefined
})

const pageQuery = z.strictObject({
  provider: several,
  dock: several,
  status: several,
  environment: several,
  text: z.string().max(500).optional(),
  where,
  deleted: yesOrNo,
  sort,
  offset: wholeNumber(100_000_000),
  limit: wholeNumber(500),
})

const id = z.object({ id: z.string().min(1) })

/** What is stored. */
export function readingRoutes() {
  return new Hono<ServerEnv>()
    .get("/counts", async (c) => answer(c, await c.var.caller.functions.counts()))
    .get(
      "/changes",
      valid(
        "query",
        z.strictObject({ since: z.string().optional(), table: table.optional(), limit: wholeNumber(500) }),
      ),
      async (c) => answer(c, await c.var.caller.functions.changes(c.req.valid("query"))),
    )
    .get(
      "/tables/:table",
      valid("param", z.object({ table: z.string() })),
      valid("query", pageQuery),
      async (c) => {
        const { table } = c.req.valid("param")
        if (!isResourceTable(table)) {
          throw new Refusal({ code: "unknown_table", status: 404, message: "There is no such table." })
        }
        const { provider, dock, status, environment, sort, offset, limit, ...filter } = c.req.valid("query")
        const page = await c.var.caller.functions.resourcePage({
          table,
          filter: {
            providers: provider,
            docks: dock,
            statuses: status,
            environments: environment,
            ...filter,
          },
          sort,
          offset,
          limit,
        })
        return answer(c, page)
      },
    )
    .get("/resources/:id", valid("param", id), async (c) =>
      answer(c, await c.var.caller.functions.resource(c.req.valid("param").id)),
    )
    .get("/resources/:id/data", valid("param", id), async (c) =>
      answer(c, await c.var.caller.functions.resourceData(c.req.valid("param").id)),
    )
}
