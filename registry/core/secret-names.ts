const PHRASE = "password|passwd|passphrase|pwd|secret|token|credential|authorization|bearer|cookie|kubeconfig"
const CONNECTION = "connection_?(?:string|uri|url)"
const KEY =
  "(?:api|private|access|secret|server|signing|encryption|auth|master|client|service|account|shared|storage)_?key"
const CODE = "(?:auth|epp|transfer|recovery|backup)_?code"
const WHOLE_WORD = "(?:^|_)(?:pass|otp|sig|signature)"
/** What may follow and still be the secret itself, unlike `token_type` or `secret_name`. */
const FORM = "(?:_(?:hash|value|text|data|base|base64|pem|plain|plaintext|confirmation))?"

const SECRET_NAME = new RegExp(`(?:${PHRASE}|${CONNECTION}|${KEY}|${CODE}|${WHOLE_WORD})(s?)${FORM}\\d*$`)

export type NameVerdict = "open" | "secret" | "secrets"

/**
 * Whether a key's name says that its value is secret. `secrets`, in the plural, may also be a count: `max_tokens`.
 * Names are compared without regard to their spelling: `apiKey`, `API_KEY`, `X-Api-Key`.
 */
export function judgeName(name: string): NameVerdict {
  const known = verdicts.get(name)
  if (known) return known
  const match = SECRET_NAME.exec(snakeCase(name))
  const verdict = !match ? "open" : match[1] ? "secrets" : "secret"
  if (verdicts.size >= MAX_VERDICTS) verdicts.clear()
  verdicts.set(name, verdict)
  return verdict
}

/** Millions of items share a few dozen names. Bounded, because some providers use ids as keys. */
const verdicts = new Map<string, NameVerdict>()
const MAX_VERDICTS = 2_000

function snakeCase(name: string): string {
  return name
    .slice(-80)
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replace(/[^A-Za-z\d]+/g, "_")
    .toLowerCase()
}
