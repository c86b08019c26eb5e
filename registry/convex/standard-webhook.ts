import type { Secret } from "../core/secret.ts"

/** A signature older than this, or from so far ahead, is refused: what was overheard cannot be sent again later. */
const TOLERANCE_SECONDS = 5 * 60

/**
 * Whether a request was signed with the secret, as Standard Webhooks says (https://www.standardwebhooks.com). Svix, and with
 * it Clerk, names the headers `svix-*`.
 */
export async function isSigned(
  request: { readonly headers: Headers; readonly body: string },
  secret: Secret,
  now: number,
): Promise<boolean> {
  const header = (name: string) =>
    request.headers.get(`webhook-${name}`) ?? request.headers.get(`svix-${name}`) ?? ""
  const [id, timestamp] = [header("id"), header("timestamp")]
  if (!id || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_SECONDS) return false
  const key = await signingKey(secret)
  if (!key) return false
  const content = new TextEncoder().encode(`${id}.${timestamp}.${request.body}`)
  // While a secret is being replaced, there is a signature by each.
  for (const signature of header("signature").split(" ")) {
    const [version, encoded = ""] = signature.split(",")
    const bytes = version === "v1" ? fromBase64(encoded) : undefined
    if (bytes && (await crypto.subtle.verify("HMAC", key, bytes, content))) return true
  }
  return false
}

type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>

async function signingKey(secret: Secret): Promise<Key | undefined> {
  const bytes = fromBase64(secret.reveal().replace(/^whsec_/, ""))
  if (!bytes || bytes.length < 24) return undefined
  return await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["verify"])
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
