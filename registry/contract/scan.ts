import { judgeName } from "../core/secret-names.ts"

/** What a recording must not hold: somebody's secret, somebody's machine, somebody's address. */
export interface Finding {
  /** Where: `response.body.data[0].ip`. */
  readonly path: string
  readonly what: string
}

/** A made-up secret starts with this word, so that it can be told from a real one and looked for in rows. */
export const FAKE_SECRET = "fake-secret-"

/** Tokens whose makers gave them a shape of their own, to be found by. */
export const TOKEN_SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\b(AKIA|ASIA)[0-9A-Z]{16}\b/, "an AWS access key"],
  [/\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_\w{20,}/, "a GitHub token"],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/, "a Slack token"],
  [/\b[rs]k_live_[A-Za-z0-9]{10,}/, "a Stripe key"],
  [/\bdop_v1_[a-f0-9]{20,}/, "a DigitalOcean token"],
  [/\bnfp_[A-Za-z0-9]{20,}/, "a Netlify token"],
  [/\bSG\.[\w-]{16,}\.[\w-]{16,}/, "a SendGrid key"],
  [/\bAIza[\w-]{30,}/, "a Google API key"],
  [/\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/, "a JSON web token"],
]

const LIVE_SECRETS: readonly (readonly [RegExp, string])[] = [
  ...TOKEN_SHAPES,
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\bBearer\s+(?!fake-secret-)\S{8,}/i, "a bearer token"],
  [/:\/\/[^/\s:@]+:(?!fake-secret-)[^/\s@]+@/, "a password in an address"],
]

export function scan(value: unknown, path = ""): Finding[] {
  if (typeof value === "string") return scanText(value).map((what) => ({ path, what }))
  if (Array.isArray(value)) return value.flatMap((held, index) => scan(held, `${path}[${index}]`))
  if (typeof value !== "object" || value === null) return []
  return Object.entries(value).flatMap(([key, held]) => {
    const inner = path === "" ? key : `${path}.${key}`
    const named = judgeName(key) !== "open" && typeof held === "string" && !isHarmless(held)
    return [
      ...scanText(key).map((what) => ({ path: inner, what: `${what} in the key` })),
      ...(named ? [{ path: inner, what: `a secret that does not start with "${FAKE_SECRET}"` }] : []),
      ...scan(held, inner),
    ]
  })
}

/** Empty, made up, or masked by the provider (`*1a2b`). */
export function isHarmless(value: string): boolean {
  return value === "" || value.startsWith(FAKE_SECRET) || /^[*•]+\w{0,4}$/.test(value)
}

function scanText(text: string): string[] {
  return [
    ...LIVE_SECRETS.filter(([pattern]) => pattern.test(text)).map(([, what]) => what),
    ...[...text.matchAll(/[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/g)]
      .filter(([, host = ""]) => !isExampleHost(host))
      .map(([address]) => `the e-mail address ${address}`),
    ...[...text.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g)]
      .filter(([address]) => isPublicIpv4(address))
      .map(([address]) => `the public address ${address}`),
    ...[...text.matchAll(/(?<![\w:])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])/gi)]
      .filter(([address]) => isPublicIpv6(address))
      .map(([address]) => `the public address ${address}`),
  ]
}

/** RFC 2606 and RFC 6761: names that can belong to nobody. */
export function isExampleHost(host: string): boolean {
  return /(^|\.)(example\.(com|net|org|edu)|example|test|invalid|localhost)$/i.test(host)
}

/** Documentation (RFC 5737), private, loopback, link-local and unspecified addresses are nobody's. */
export function isPublicIpv4(address: string): boolean {
  const parts = address.split(".").map(Number)
  const [a = 0, b = 0, c = 0] = parts
  if (parts.some((part) => part > 255)) return false
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false
  if (a === 172 && b >= 16 && b < 32) return false
  if ((a === 192 && b === 168) || (a === 169 && b === 254) || (a === 100 && b >= 64 && b < 128)) return false
  const prefix = `${a}.${b}.${c}`
  return prefix !== "192.0.2" && prefix !== "198.51.100" && prefix !== "203.0.113"
}

/** Documentation is 2001:db8::/32 (RFC 3849) and 3fff::/20 (RFC 9637); only 2000::/3 is public at all. */
export function isPublicIpv6(address: string): boolean {
  if (!URL.canParse(`http://[${address}]/`)) return false
  const host = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  return /^[23][\da-f]{3}:/.test(host) && !/^(2001:db8:|3fff:[\da-f]{0,3}:)/.test(host)
}
