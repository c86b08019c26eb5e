import { z } from "zod"
import type { DockErrorCode } from "../../core/errors.ts"
import type { Problem } from "../../core/problem.ts"

const code = z.union([z.int(), z.string()]).transform(String)
const message = z.string().min(1)

const Cause = z.looseObject({
  code: code.optional().catch(undefined),
  message: message.optional().catch(undefined),
})
const Refusal = z.looseObject({
  success: z.literal(false),
  errors: z
    .array(Cause.extend({ error_chain: z.array(Cause).nullish().catch(null) }))
    .nullish()
    .catch(null),
})

/**
 * What the numbers mean where the status does not say it. Cloudflare has no list of them; these were seen and are quoted
 * in the issues of its own tools.
 */
const MEANINGS: Readonly<Record<string, DockErrorCode>> = {
  // A credential that is malformed, unknown or left out answers 400, and inside a 200 on old endpoints.
  6003: "unauthorized",
  9103: "unauthorized",
  9106: "unauthorized",
  9107: "unauthorized",
  // "No route": an id that is none answers 400.
  7003: "not_found",
  // DNS: the same record, or one that cannot stand beside it. Zones, D1, KV: the name is taken.
  81053: "conflict",
  81057: "conflict",
  81058: "conflict",
  1061: "conflict",
  7502: "conflict",
  10014: "conflict",
  // "Record quota exceeded": https://developers.cloudflare.com/dns/troubleshooting/faq/
  81045: "quota_exceeded",
}

/** `{ success: false, errors: [{ code, message, error_chain? }] }`, also inside a 200. */
export function problem(body: unknown, status: number): Problem | undefined {
  const refusal = Refusal.safeParse(body)
  if (!refusal.success) return undefined
  const errors = (refusal.data.errors ?? []).slice(0, 5)
  const messages = errors.map((error) => {
    const causes = (error.error_chain ?? []).slice(0, 5)
    return [error.message, ...causes.map((cause) => cause.message)].filter(Boolean).join(": ")
  })
  const text = [...new Set(messages)].filter(Boolean).join("; ")
  const known = errors.map((error) => MEANINGS[error.code ?? ""]).find(Boolean)
  const isQuota = status >= 400 && /\bquota\b/i.test(text)
  return {
    message: text || undefined,
    code: errors[0]?.code,
    means: known ?? (isQuota ? "quota_exceeded" : undefined),
  }
}
