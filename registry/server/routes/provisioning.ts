import { Hono } from "hono"
import { z } from "zod"
import { answer, type ServerEnv, valid, wholeNumber } from "../answer.ts"
import { readable, type SentActionReport, type SentProvisionReport } from "../sent.ts"
import type { Shared } from "../shared.ts"

const id = z.object({ id: z.string().min(1) })
const decision = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("adopt"), id: z.string().min(1) }),
  z.strictObject({ kind: z.literal("retry") }),
  z.strictObject({ kind: z.literal("abandon") }),
])
const rehearsal = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("provision"), dock: z.string(), kind: z.string(), input: z.unknown() }),
  z.strictObject({ of: z.literal("deprovision"), resourceId: z.string() }),
  z.strictObject({
    of: z.literal("action"),
    resourceId: z.string(),
    action: z.string(),
    input: z.unknown().optional(),
  }),
])
const NEWEST = 100

export function provisioningRoutes({ hub, work, shelf, undertakings }: Shared) {
  return new Hono<ServerEnv>()
    .get(
      "/provisionings",
      valid("query", z.strictObject({ dock: z.string().optional(), limit: wholeNumber(500) })),
      async (c) => {
        const { dock, limit = NEWEST } = c.req.valid("query")
        const reports = await c.var.caller.functions.provisionings({ dock })
        const sent = reports.slice(0, limit).map((report) => ({ ...report, shows: [] }))
        return answer<SentProvisionReport[]>(c, sent)
      },
    )
    .get("/provisionings/:id", valid("param", id), async (c) => {
      const { functions, session } = c.var.caller
      const report = await functions.provisioning(c.req.valid("param").id)
      const shows = readable(shelf.of(session, report.id))
      return answer<SentProvisionReport>(c, { ...report, shows })
    })
    .post(
      "/provisionings",
      valid(
        "json",
        z.strictObject({
          dock: z.string(),
          kind: z.string(),
          input: z.unknown(),
          idempotencyKey: z.string().min(8).max(200),
        }),
      ),
      async (c) => {
        const { functions } = c.var.caller
        const request = c.req.valid("json")
        const report = await undertakings.provision(
          c.var.caller,
          ({ idempotencyKey }) => idempotencyKey === request.idempotencyKey,
          (manner) => functions.provision({ ...request, ...manner }),
        )
        return answer(c, report, 202)
      },
    )
    .post(
      "/provisionings/:id/resume",
      valid("param", id),
      valid("json", z.strictObject({ decision: decision.optional() })),
      async (c) => {
        const { functions } = c.var.caller
        const { id } = c.req.valid("param")
        const { decision } = c.req.valid("json")
        const report = await undertakings.provision(
          c.var.caller,
          (underWay) => underWay.id === id && decision === undefined,
          async (manner) => {
            const [resumed] = await functions.resume({ id, decision, ...manner })
            return resumed ?? (await functions.provisioning(id))
          },
        )
        return answer(c, report, 202)
      },
    )
    .delete("/resources/:id", valid("param", id), async (c) => {
      const { functions } = c.var.caller
      const { id: resourceId } = c.req.valid("param")
      const report = await undertakings.provision(
        c.var.caller,
        (underWay) => underWay.operation === "deprovision" && underWay.resourceId === resourceId,
        (manner) => functions.deprovision({ resourceId, ...manner }),
      )
      return answer(c, report, 202)
    })
    .post(
      "/resources/:id/actions/:action",
      valid("param", z.object({ id: z.string().min(1), action: z.string().min(1) })),
      valid("json", z.strictObject({ input: z.unknown().optional() })),
      async (c) => {
        const { functions, orgId } = c.var.caller
        const { id: resourceId, action } = c.req.valid("param")
        const { input } = c.req.valid("json")
        const report = await work.begin((signal) => functions.act({ resourceId, action, input, signal }))
        hub.changed(orgId, ["counts", "changes", "resources", "resource", "resourceData", "audit"])
        return answer<SentActionReport>(c, { ...report, shows: readable(report.shows) })
      },
    )
    .post("/rehearsals", valid("json", rehearsal), async (c) =>
      answer(c, await c.var.caller.functions.rehearse(c.req.valid("json"))),
    )
}
