import { z } from "zod"
import { hostname } from "../../../core/hostname.ts"
import type { ResourceTableName } from "../../../schema/index.ts"

/** An id of something at GridPane. Rows have ids as text, the API takes numbers. `table` is where it is, if it is in one. */
export function reference(title: string, description: string, table?: ResourceTableName) {
  return z
    .union([z.int().positive(), z.string().regex(/^\d{1,15}$/, "must be a number")])
    .meta({ title, description, ...(table && { refersTo: { table } }) })
    .transform(Number)
}

export function domainName(title: string, description: string) {
  return z
    .string()
    .refine((value) => hostname(value) !== null, "must be a domain name")
    .meta({ title, description })
    .transform((value) => hostname(value)?.name ?? value)
}

export const phpVersion = z
  .string()
  .regex(/^\d\.\d$/, "must be a version such as 8.3")
  .meta({ title: "PHP version", description: "8.3, for one" })

export const pageCaching = z.enum(["redis", "fastcgi", "none"]).meta({
  title: "Page caching",
  description: "One kind has to be switched off before the other is switched on",
})

export const storage = z.enum(["local", "remote"]).meta({
  title: "Storage",
  description: "On the server itself, or in the storage integration of the site",
})

export const enabled = z.boolean().meta({ title: "Enabled" })

/** Which DNS account GridPane uses for a domain, and whether for all of its records or for certificates alone. */
export const dnsManagement = z
  .enum(["none_none", "cloudflare_full", "cloudflare_challenge", "dnsme_full", "dnsme_challenge"])
  .meta({
    title: "DNS management",
    description: "none_none leaves the DNS alone; the others need an integration",
  })

export const dnsIntegrationId = reference(
  "DNS integration",
  "Its id, from `GET /user/integrations`",
).optional()

interface Dns {
  readonly dnsManagement?: z.output<typeof dnsManagement> | undefined
  readonly dnsIntegrationId?: number | undefined
}

/** For `refine`: an integration without a use for it, or the reverse. */
export const dnsFits = ({ dnsManagement = "none_none", dnsIntegrationId }: Dns) =>
  (dnsManagement === "none_none") === (dnsIntegrationId === undefined)

export const DNS_MISFIT = {
  message: "goes with an integration, and none_none goes without one",
  path: ["dnsManagement"],
}
