import type { JsonObject } from "../../core/provider-data.ts"

/**
 * The parts of records that have several, in the order of their text form. Cloudflare wants them one by one as `data`, and
 * answers with both: https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/create/
 */
const PARTS: Readonly<Record<string, readonly Part[]>> = {
  CAA: [number("flags"), word("tag"), quoted("value")],
  CERT: [number("type"), number("key_tag"), number("algorithm"), rest("certificate")],
  DNSKEY: [number("flags"), number("protocol"), number("algorithm"), rest("public_key")],
  DS: [number("key_tag"), number("algorithm"), number("digest_type"), rest("digest")],
  HTTPS: [number("priority"), word("target"), rest("value")],
  LOC: [
    ...[number("lat_degrees"), number("lat_minutes"), number("lat_seconds"), word("lat_direction")],
    ...[number("long_degrees"), number("long_minutes"), number("long_seconds"), word("long_direction")],
    ...[metres("altitude"), metres("size"), metres("precision_horz"), metres("precision_vert")],
  ],
  NAPTR: [
    ...[number("order"), number("preference"), quoted("flags"), quoted("service"), quoted("regex")],
    word("replacement"),
  ],
  SMIMEA: [number("usage"), number("selector"), number("matching_type"), rest("certificate")],
  SRV: [number("weight"), number("port"), word("target")],
  SSHFP: [number("algorithm"), number("type"), rest("fingerprint")],
  SVCB: [number("priority"), word("target"), rest("value")],
  TLSA: [number("usage"), number("selector"), number("matching_type"), rest("certificate")],
  URI: [number("weight"), quoted("target")],
}

interface Part {
  readonly name: string
  readonly form: "number" | "word" | "quoted" | "metres" | "rest"
}

function number(name: string): Part {
  return { name, form: "number" }
}
function word(name: string): Part {
  return { name, form: "word" }
}
function quoted(name: string): Part {
  return { name, form: "quoted" }
}
function metres(name: string): Part {
  return { name, form: "metres" }
}
/** All that is left, with its spaces. */
function rest(name: string): Part {
  return { name, form: "rest" }
}

export function hasParts(type: string): boolean {
  return Object.hasOwn(PARTS, type)
}

/** How the content of such a record is written: `weight port target`. */
export function formOf(type: string): string | undefined {
  return PARTS[type]?.map(({ name }) => name).join(" ")
}

/** The text of a record from its parts, for answers that leave it out; null when a part is missing. */
export function contentFrom(type: unknown, data: object | null | undefined): string | null {
  const parts = typeof type === "string" && hasParts(type) ? PARTS[type] : undefined
  if (!parts || !data) return null
  const held = new Map<string, unknown>(Object.entries(data))
  const texts: string[] = []
  for (const { name, form } of parts) {
    const value = held.get(name)
    if (form === "number" || form === "metres") {
      // Some old answers have numbers as text.
      if (typeof value !== "number" && !(typeof value === "string" && /^\d+(\.\d+)?$/.test(value)))
        return null
      texts.push(form === "metres" ? `${value}m` : String(value))
    } else {
      if (typeof value !== "string") return null
      texts.push(form === "quoted" ? `"${value}"` : value)
    }
  }
  return texts.join(" ").trim()
}

const TOKEN = /^\s*(?:"((?:[^"\\]|\\.)*)"|(\S+))/

/** The parts of a record from its text; null when it does not read as one of that type. */
export function dataFrom(type: string, content: string): JsonObject | null {
  const parts = PARTS[type]
  if (!parts) return null
  const data: JsonObject = {}
  let left = content.trim()
  for (const { name, form } of parts) {
    if (form === "rest") {
      if (left.trim() === "" && name !== "value") return null
      data[name] = left.trim()
      return data
    }
    const token = TOKEN.exec(left)
    if (!token) return null
    left = left.slice(token[0].length)
    const text = token[1] ?? token[2] ?? ""
    if (form === "word" || form === "quoted") data[name] = text
    else {
      const digits = form === "metres" ? text.replace(/m$/, "") : text
      if (!/^-?\d+(\.\d+)?$/.test(digits)) return null
      data[name] = Number(digits)
    }
  }
  return left.trim() === "" ? data : null
}
