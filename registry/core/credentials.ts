import { z } from "zod"
import { isSafeBaseUrl } from "./base-url.ts"
import { Secret } from "./secret.ts"

/** A credential field that must never be shown. `where` tells a person where to get it. */
export function secret(title: string, where?: string) {
  return z
    .string()
    .trim()
    .min(1, `${title} is empty`)
    .meta({ title, ...(where ? { description: where } : {}), writeOnly: true, format: "password" })
    .transform((value) => new Secret(value))
}

/** A credential field that may be shown: an e-mail address, an account id. */
export function plain(title: string, where?: string) {
  return z
    .string()
    .trim()
    .min(1, `${title} is empty`)
    .meta({ title, ...(where ? { description: where } : {}) })
}

/** The credentials of a dock. All docks accept a `baseUrl`, for self-hosted installations, proxies and tests. */
export function credentials<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  return z.strictObject({ ...shape, baseUrl: baseUrl().optional() })
}

function baseUrl() {
  return z
    .string()
    .refine(
      isSafeBaseUrl,
      "must be an https:// address (http:// only for this machine), without user, query or hash",
    )
    .meta({ title: "Base URL", description: "Another address of the same API", format: "uri" })
}
