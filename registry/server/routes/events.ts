import { Hono } from "hono"
import type { Stackdock } from "../../engine/stackdock.ts"
import type { ServerEnv } from "../answer.ts"
import { callerOf } from "../caller.ts"
import { Refusal } from "../problem.ts"
import type { Shared } from "../shared.ts"

/** A page opens one, and gives it back while nobody looks at it. More than this are no pages. */
const MOST_STREAMS = 50

/** One stream for all that happens in the organisation: `hello`, `changed`, `progress` and `reset`. */
export function eventRoutes({ hub, signIn }: Shared, stackdock: Stackdock) {
  return new Hono<ServerEnv>().get("/events", async (c) => {
    const { orgId, session, functions } = c.var.caller
    const request = c.req.raw
    await functions.whoami()
    if (hub.streamsOf(session) >= MOST_STREAMS) throw tooMany()
    const listener = hub.listen(orgId, c.req.header("last-event-id"), {
      session,
      // Asked as it was at the beginning, so that neither a session that has ended nor a role that was taken goes on.
      async grants() {
        const signedIn = await signIn.whoIs(request)
        if (signedIn?.session !== session) return undefined
        const { functions } = await callerOf(stackdock, { ...signedIn, orgId }, c.var.requestId)
        return (await functions.whoami()).grants
      },
    })
    request.signal.addEventListener("abort", () => listener.close())
    if (request.signal.aborted) listener.close()
    return new Response(listener.stream(), {
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store, no-transform",
        // Otherwise nginx holds events back.
        "x-accel-buffering": "no",
      },
    })
  })
}

function tooMany(): Refusal {
  return new Refusal({
    code: "too_many_requests",
    status: 429,
    message: `This session listens ${MOST_STREAMS} times already.`,
    suggestion: "Close some of the pages that are open.",
    headers: { "retry-after": "60" },
  })
}
