import { decodePunycode } from "./punycode.ts"

export interface Hostname {
  /** As on the wire and in keys: lower case, punycode, no trailing dot. */
  name: string
  /** For people: Unicode. */
  displayName: string
}

/** Letters, digits and hyphens, underscores as in `_dmarc`, and `*` for a wildcard. */
const LABEL = /^(?:\*|[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?)$/

/** The two forms of a domain or record name; null for what is none, such as an address or a URL. */
export function hostname(value: unknown): Hostname | null {
  if (typeof value !== "string") return null
  const name = toAscii(value.trim().replace(/\.$/, ""))
  if (name === null || name.length > 253) return null
  const labels = name.split(".")
  if (!labels.every((label) => LABEL.test(label)) || labels.lastIndexOf("*") > 0) return null
  if (/^\d+$/.test(labels.at(-1) ?? "")) return null
  return { name, displayName: name.includes("xn--") ? labels.map(toUnicode).join(".") : name }
}

function toAscii(text: string): string | null {
  if (/^[!-~]*$/.test(text)) return text.toLowerCase()
  return /[\s%/\\?#@:[\]]/.test(text) ? null : parsedHost(text)
}

/** The URL parser is the one implementation of IDNA (UTS 46) that every runtime has. */
function parsedHost(text: string): string | null {
  const address = `https://${text}`
  return URL.canParse(address) ? new URL(address).hostname : null
}

/** Decoded only when it encodes to the same label again, so that a crafted label cannot pass for another name. */
function toUnicode(label: string): string {
  if (!label.startsWith("xn--")) return label
  const decoded = decodePunycode(label.slice(4))
  return decoded !== null && parsedHost(decoded) === label ? decoded : label
}
