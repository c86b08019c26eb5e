import { z } from "zod"
import type { Problem } from "../../core/problem.ts"

const Refusal = z.looseObject({
  error: z.looseObject({
    code: z.string().nullish().catch(undefined),
    message: z.string().nullish().catch(undefined),
    invalidToken: z.unknown().optional(),
    missingToken: z.unknown().optional(),
    saml: z.unknown().optional(),
    action: z.string().nullish().catch(undefined),
    resource: z.string().nullish().catch(undefined),
  }),
})

/** Vercel's errors: `{ error: { code, message, … } }`. Either may be missing, and the status alone is often misleading. */
export function problem(body: unknown, status: number): Problem | undefined {
  const error = Refusal.safeParse(body).data?.error
  if (!error || status < 400) return undefined
  const told = { code: error.code ?? undefined, message: error.message ?? undefined }
  // A refused token is a 403, as is a token that lacks a permission.
  if (error.invalidToken || error.missingToken) return { ...told, means: "unauthorized" }
  if (status === 429 && isQuota(told.code)) return { ...told, means: "quota_exceeded" }
  // That the DNS did not answer Vercel in time is a 400.
  if (status === 400 && told.code === "timeout") return { ...told, means: "timeout" }
  return { ...told, suggestion: status === 403 ? permissionFor(error) : undefined }
}

/** Limits of a plan, `api-deployments-free-per-day` for one, answer as if it had been too fast: https://vercel.com/docs/limits */
function isQuota(code: string | undefined): boolean {
  return code === "builds_rate_limited" || /[-_]per[-_](hour|day|week|month)$/.test(code ?? "")
}

function permissionFor({ saml, action, resource }: z.output<typeof Refusal>["error"]): string | undefined {
  if (saml)
    return "The team asks for single sign-on (SAML): sign in to it, make a token there, and connect with that one."
  if (!resource) return undefined
  return `The token's user lacks the permission to ${action ?? "use"} ${resource}. Give the user a role that has it, or connect with another token.`
}
