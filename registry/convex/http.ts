import { type HttpRouter, httpActionGeneric, makeFunctionReference } from "convex/server"
import { Secret } from "../core/secret.ts"
import type { NewOrganization } from "../engine/members.ts"
import type { ConvexSetup } from "./setup.ts"
import { isSigned } from "./standard-webhook.ts"

const createOrganization = makeFunctionReference<"action", NewOrganization & Record<string, string>>(
  "stackdockWork:createOrganization",
)

/** For `convex/http.ts`: where the sign-in tells of new users. */
export function stackdockRoutes(http: Pick<HttpRouter, "route">, setup: ConvexSetup): void {
  http.route({ path: "/stackdock/users", method: "POST", handler: usersWebhook(setup) })
}

function usersWebhook({ signIn }: ConvexSetup) {
  return httpActionGeneric(async (ctx, request) => {
    const body = await request.text()
    const { webhookSecret } = signIn
    const signed =
      webhookSecret &&
      (await isSigned({ headers: request.headers, body }, new Secret(webhookSecret), Date.now()))
    if (!signed) return new Response("The signature is not good.", { status: 401 })
    const event = parsed(body)
    if (event === undefined) return new Response("The body is no JSON object.", { status: 400 })
    const organization = signIn.organizationFor?.(event)
    if (!organization) return new Response(null, { status: 204 })
    try {
      await ctx.runAction(createOrganization, { ...organization })
    } catch (error) {
      // A webhook comes until it is taken, so what it asks for may be there already.
      if (!isNameTaken(error)) throw error
    }
    return new Response(null, { status: 204 })
  })
}

function parsed(text: string): object | undefined {
  try {
    const event: unknown = JSON.parse(text)
    return typeof event === "object" && event !== null ? event : undefined
  } catch {
    return undefined
  }
}

function isNameTaken(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("data" in error)) return false
  const { data } = error
  return typeof data === "object" && data !== null && "code" in data && data.code === "name_taken"
}
