import { Hono } from "hono"
import type { Whoami } from "../../engine/reading.ts"
import { answer, type ServerEnv } from "../answer.ts"
import type { Shared } from "../shared.ts"

/** Who is signed in, and what they may do. */
export interface Session extends Whoami {
  user: { name: string; email: string | null } | null
  organizations: { id: string; name: string }[]
}

export function sessionRoutes() {
  return new Hono<ServerEnv>().get("/session", async (c) => {
    const { functions, user, organizations } = c.var.caller
    const whoami = await functions.whoami()
    return answer<Session>(c, {
      ...whoami,
      user: user && { name: user.name, email: user.email },
      organizations: await organizations(),
    })
  })
}

/** Whoever is signed in may leave, also if they belong to no organisation, or to none any more. */
export function leavingRoutes({ signIn, hub }: Shared) {
  return new Hono<ServerEnv>().post("/sign-out", async (c) => {
    const response = await signIn.signOut?.(c.req.raw)
    hub.recheck()
    const headers = new Headers()
    for (const cookie of response?.headers.getSetCookie() ?? []) headers.append("set-cookie", cookie)
    return new Response(null, { status: 204, headers })
  })
}
