import { z } from "zod"
import type { RecordFields } from "../api/dns.ts"
import type { NetlifyFullRecord } from "../types.ts"

const uint16 = (title: string) => z.int().min(0).max(65_535).meta({ title })

/** The parts of a record's content, whatever its type. */
export const parts = {
  content: z.string().min(1).meta({ title: "Content", description: "An address, a name or a text" }),
  ttl: z.int().min(1).meta({ title: "Time to live", description: "Seconds" }),
  priority: uint16("Priority"),
  weight: uint16("Weight"),
  port: uint16("Port"),
  flag: z.int().min(0).max(255).meta({ title: "Flag" }),
  tag: z.enum(["issue", "issuewild", "iodef"]).meta({ title: "Tag" }),
}

/** Netlify's own types, `NETLIFY` and `NETLIFYv6`, are made by attaching a name to a site. */
export const SIMPLE_TYPES = ["A", "AAAA", "ALIAS", "CNAME", "NS", "SPF", "TXT"] as const
const TYPES: ReadonlySet<string | null> = new Set([...SIMPLE_TYPES, "MX", "SRV", "CAA"])

export function isWritable(type: string | null): boolean {
  return TYPES.has(type)
}

/** A record as Netlify takes it, from one that it gave. */
export function fieldsOf(record: NetlifyFullRecord): RecordFields {
  const { type, hostname, value, ttl, priority, weight, port, flag, tag } = record
  return {
    type,
    hostname,
    value,
    ttl: ttl ?? undefined,
    priority: priority ?? undefined,
    weight: weight ?? undefined,
    port: port ?? undefined,
    flag: flag ?? undefined,
    tag: tag ?? undefined,
  }
}

const COMPARED = ["type", "hostname", "value", "ttl", "priority", "weight", "port", "flag", "tag"] as const

/** Whether a record is the one that was asked for. What was not asked for may be anything. */
export function isAsAsked(record: NetlifyFullRecord, asked: RecordFields): boolean {
  return COMPARED.every((field) => asked[field] === undefined || asked[field] === record[field])
}
