import { base64 } from "./base64.ts"
import type { Secret } from "./secret.ts"
import { judgeName } from "./secret-names.ts"

export const REDACTED = "[redacted]"

/** Cleans text that came from outside before it goes into an error or a log. */
export type Clean = (text: string) => string

/**
 * Removes these secrets from a text, in each form in which a provider or a runtime may echo them, and then whatever
 * looks like a secret of somebody else.
 */
export function cleanerFor(secrets: readonly Secret[]): Clean {
  let known: RegExp | undefined
  return (text) => {
    known ??= anyOf(secrets.flatMap((secret) => formsOf(secret.reveal())))
    return cleanText(text.replace(known, REDACTED))
  }
}

function formsOf(value: string): string[] {
  const encoded = base64(value).replace(/=+$/, "")
  return [
    value,
    encodeURI(value),
    encodeURIComponent(value),
    new URLSearchParams({ "": value }).toString().slice(1),
    JSON.stringify(value).slice(1, -1),
    encoded,
    encoded.replaceAll("+", "-").replaceAll("/", "_"),
  ]
}

/** The longest first, so that no form leaves the rest of a longer one behind. */
function anyOf(texts: readonly string[]): RegExp {
  const longestFirst = [...new Set(texts)].filter(Boolean).sort((a, b) => b.length - a.length)
  const escaped = longestFirst.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"))
  return new RegExp(escaped.join("|") || "(?!)", "gi")
}

const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/
/** `user:pass@` after a scheme, up to the last `@`: passwords hold `@` and `/` too. A port is not a password. */
const USER_INFO =
  /([a-z][a-z0-9+.-]{0,30}:\/\/)(?:[^\s/?#"'<>:@]{0,256}:(?!\d{1,5}[/?#])[^\s"'<>]{0,2048}@|[^\s/?#"'<>@]{1,2048}@)/gi
const AUTH_SCHEME = /\b(Bearer|Basic|Token)(\s+)[A-Za-z0-9._~+/=:-]{16,}/gi
/** `token=…` in a query, a connection string or a settings file, and `"token": "…"` in a piece of JSON. */
const ASSIGNMENT = /(?<![\w.-])([A-Za-z][\w.-]{0,63})(=["']?|["']\s{0,8}:\s{0,8}["'])([^\s"'&;,]+)/g

/** Replaces what looks like a secret in a text. */
export function cleanText(text: string): string {
  if (text.includes("-----BEGIN") && PRIVATE_KEY.test(text)) return REDACTED
  let clean = text
  if (clean.includes("://")) clean = clean.replace(USER_INFO, `$1${REDACTED}@`)
  if (clean.includes(" ")) clean = clean.replace(AUTH_SCHEME, `$1$2${REDACTED}`)
  if (/[="']/.test(clean)) {
    clean = clean.replace(ASSIGNMENT, (all: string, name: string, sign: string) =>
      judgeName(name) === "open" ? all : `${name}${sign}${REDACTED}`,
    )
  }
  return clean
}
