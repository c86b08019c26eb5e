import { z } from "zod"
import type { JsonObject } from "../../../core/provider-data.ts"
import { dataFrom, formOf, hasParts } from "../record-data.ts"
import { domainName } from "./fields.ts"

const TYPES = [
  ...["A", "AAAA", "CAA", "CERT", "CNAME", "DNSKEY", "DS", "HTTPS", "LOC", "MX", "NAPTR", "NS"],
  ...["OPENPGPKEY", "PTR", "SMIMEA", "SRV", "SSHFP", "SVCB", "TLSA", "TXT", "URI"],
] as const

/** Have a priority that stands beside their content. */
const PRIORITIZED: ReadonlySet<string> = new Set(["MX", "SRV", "URI"])
/** Can be led through Cloudflare's proxy. */
const PROXIABLE: ReadonlySet<string> = new Set(["A", "AAAA", "CNAME"])

export const type = z.enum(TYPES).meta({ title: "Type" })
export const name = domainName("Name", "In full: www.example.com")
export const content = z.string().trim().min(1).meta({
  title: "Content",
  description: "As in a zone file, without the priority of MX, SRV and URI: `5 5060 sip.example.com`",
})
export const ttl = z.int().min(30).max(86_400).optional().meta({
  title: "Time to live",
  description: "Seconds, 60 at least on most plans; left out, Cloudflare chooses",
})
export const priority = z.int().min(0).max(65_535).optional().meta({ title: "Priority" })
export const proxied = z.boolean().optional().meta({
  title: "Proxied",
  description: "Whether visitors are led through Cloudflare: A, AAAA and CNAME only",
})
export const comment = z.string().max(500).optional().meta({ title: "Comment" })

interface Fields {
  readonly type: string
  readonly content?: string | undefined
  readonly priority?: number | undefined
  readonly proxied?: boolean | undefined
}

/** What does not go together, by field. */
export function misfits({ type, content, priority, proxied }: Fields): { path: string; message: string }[] {
  const found: { path: string; message: string }[] = []
  if (content !== undefined && hasParts(type) && dataFrom(type, content) === null) {
    found.push({ path: "content", message: `of ${type} must be written as: ${formOf(type)}` })
  }
  if (priority === undefined && content !== undefined && PRIORITIZED.has(type)) {
    found.push({ path: "priority", message: `is needed for ${type}` })
  }
  if (priority !== undefined && !PRIORITIZED.has(type)) {
    found.push({ path: "priority", message: `is not for ${type}: only for ${[...PRIORITIZED].join(", ")}` })
  }
  if (proxied && !PROXIABLE.has(type)) {
    found.push({ path: "proxied", message: `is not for ${type}: only for ${[...PROXIABLE].join(", ")}` })
  }
  return found
}

/** Content and priority as Cloudflare wants them: in parts, where a type has parts. */
export function contentBody({ type, content, priority }: Fields): JsonObject {
  if (content === undefined) return {}
  const data = dataFrom(type, content)
  if (!data) return { content, ...(priority === undefined ? {} : { priority }) }
  if (priority === undefined) return { data }
  return type === "SRV" ? { data: { ...data, priority } } : { data, priority }
}
