import { Hono } from "hono"
import { z } from "zod"
import { answer, done, type ServerEnv, valid, wholeNumber, yesOrNo } from "../answer.ts"
import type { Shared } from "../shared.ts"

const dockParam = z.object({ dock: z.string().min(1) })
/** The dock's own schema judges them. */
const credentials = z.record(z.string(), z.unknown())

export function dockRoutes({ hub, work, undertakings }: Shared) {
  return new Hono<ServerEnv>()
    .get("/providers", async (c) => answer(c, await c.var.caller.functions.providers()))
    .get("/docks", async (c) => answer(c, await c.var.caller.functions.dockStatuses()))
    .get(
      "/runs",
      valid("query", z.strictObject({ dock: z.string().optional(), limit: wholeNumber(200) })),
      async (c) => answer(c, await c.var.caller.functions.runs(c.req.valid("query"))),
    )
    .post(
      "/docks",
      valid(
        "json",
        z.strictObject({
          provider: z.string(),
          name: z.string().trim().min(1).max(100).optional(),
          credentials,
        }),
      ),
      async (c) => {
        const { functions, orgId } = c.var.caller
        const connected = await work.begin((signal) => functions.connect({ ...c.req.valid("json"), signal }))
        hub.changed(orgId, ["docks", "audit"])
        return answer(c, connected, 201)
      },
    )
    .put(
      "/docks/:dock/credential",
      valid("param", dockParam),
      valid("json", z.strictObject({ credentials })),
      async (c) => {
        const { functions, orgId } = c.var.caller
        const { dock } = c.req.valid("param")
        const { credentials } = c.req.valid("json")
        const summary = await work.begin((signal) =>
          functions.rotateCredential({ dock, credentials, signal }),
        )
        hub.changed(orgId, ["docks", "audit"])
        return answer(c, summary)
      },
    )
    .put(
      "/docks/:dock/interval",
      valid("param", dockParam),
      valid("json", z.strictObject({ minutes: z.number().int().min(1).nullable() })),
      async (c) => {
        const { functions, orgId } = c.var.caller
        const { dock } = c.req.valid("param")
        const summary = await functions.setSyncInterval({ dock, ...c.req.valid("json") })
        hub.changed(orgId, ["docks", "audit"])
        return answer(c, summary)
      },
    )
    .delete(
      "/docks/:dock",
      valid("param", dockParam),
      valid("query", z.strictObject({ removeRows: yesOrNo })),
      async (c) => {
        const { functions, orgId } = c.var.caller
        const { removeRows = false } = c.req.valid("query")
        const summary = await functions.disconnect(c.req.valid("param").dock, { removeRows })
        hub.changed(orgId, ["docks", "audit"])
        if (removeRows) {
          hub.changed(orgId, [
            "runs",
            "counts",
            "changes",
            "resources",
            "resource",
            "resourceData",
            "provisionings",
          ])
        }
        return answer(c, summary)
      },
    )
    .post(
      "/sync",
      valid(
        "json",
        z.strictObject({
          docks: z.array(z.string()).max(1_000).optional(),
          allowMassDelete: z.boolean().optional(),
        }),
      ),
      async (c) => {
        await undertakings.sync(c.var.caller, c.req.valid("json"))
        return done(c, 202)
      },
    )
}
