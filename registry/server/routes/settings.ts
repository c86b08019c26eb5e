import { Hono } from "hono"
import { z } from "zod"
import { denied } from "../../engine/guard.ts"
import type { KeyRotation, KeyStatus } from "../../engine/keys.ts"
import { allows } from "../../engine/permissions.ts"
import type { Membership } from "../../schema/organizations.ts"
import { answer, done, type ServerEnv, valid, wholeNumber } from "../answer.ts"
import type { Caller } from "../caller.ts"
import { Refusal } from "../problem.ts"
import type { Shared } from "../shared.ts"

export interface Member extends Membership {
  name: string | null
  email: string | null
}

const user = z.object({ userId: z.string().min(1) })
const auditQuery = z.strictObject({
  actor: z.string().optional(),
  action: z.string().optional(),
  result: z.enum(["succeeded", "failed", "denied"]).optional(),
  targetTable: z.string().optional(),
  targetId: z.string().optional(),
  since: z.string().optional(),
  until: z.string().optional(),
  after: z.string().optional(),
  limit: wholeNumber(500),
})

export function settingsRoutes({ signIn, hub }: Shared) {
  return new Hono<ServerEnv>()
    .get("/audit", valid("query", auditQuery), async (c) =>
      answer(c, await c.var.caller.functions.auditPage(c.req.valid("query"))),
    )
    .get("/members", async (c) => {
      const members = await c.var.caller.functions.listMembers()
      const people = (await signIn.people?.(members.map(({ userId }) => userId))) ?? []
      const known = new Map(people.map((person) => [person.id, person]))
      const named = members.map((member) => {
        const { name = null, email = null } = known.get(member.userId) ?? {}
        return { ...member, name, email }
      })
      return answer<Member[]>(c, named)
    })
    .post(
      "/invitations",
      valid("json", z.strictObject({ email: z.email(), role: z.string().min(1) })),
      async (c) => {
        const { functions, orgId } = c.var.caller
        const { grants } = await functions.whoami()
        if (!allows(grants, "settings:full")) throw denied("settings:full")
        if (!signIn.invite) throw noInvitations()
        return answer(c, await signIn.invite(c.req.raw, { orgId, ...c.req.valid("json") }), 201)
      },
    )
    .put(
      "/members/:userId",
      valid("param", user),
      valid("json", z.strictObject({ role: z.string().min(1) })),
      async (c) => {
        const { functions, orgId } = c.var.caller
        const { userId } = c.req.valid("param")
        const membership = await functions.setMember({ userId, ...c.req.valid("json") })
        membersChanged(orgId)
        return answer(c, membership)
      },
    )
    .delete("/members/:userId", valid("param", user), async (c) => {
      const { functions, orgId } = c.var.caller
      await functions.removeMember(c.req.valid("param").userId)
      membersChanged(orgId)
      return done(c, 204)
    })
    .get("/keys", async (c) => answer<KeyStatus>(c, await operatorOf(c.var.caller).keyStatus()))
    .post("/keys/rotation", async (c) => {
      const rotation = await operatorOf(c.var.caller).rotateKeys()
      hub.changed(c.var.caller.orgId, ["keys", "audit"])
      return answer<KeyRotation>(c, rotation)
    })

  function membersChanged(orgId: string): void {
    hub.recheck(orgId)
    hub.changed(orgId, ["members", "session", "audit"])
  }
}

function noInvitations(): Refusal {
  return new Refusal({
    code: "not_possible",
    status: 409,
    message: "The sign-in of this project knows no invitations.",
    suggestion: "Make a user a member by the id that it knows them by.",
  })
}

function operatorOf({ operator }: Caller): NonNullable<Caller["operator"]> {
  if (operator) return operator
  throw new Refusal({
    code: "denied",
    status: 403,
    message: "The keys protect the credentials of every organisation, so no role gives access to them.",
    suggestion: "Whoever runs the server has them: npx stackdock keys",
  })
}
