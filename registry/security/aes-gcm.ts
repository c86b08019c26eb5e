import type { Bytes } from "./base64url.ts"

export const KEY_BYTES = 32
export const IV_BYTES = 12
export const TAG_BYTES = 16

/** AES-256-GCM; the last 16 bytes are the tag. An `iv` is used once with a key, ever. */
export async function encrypt(
  key: Bytes,
  iv: Bytes,
  plaintext: Bytes,
  additionalData: Bytes,
): Promise<Bytes> {
  const cryptoKey = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"])
  return new Uint8Array(await crypto.subtle.encrypt(parameters(iv, additionalData), cryptoKey, plaintext))
}

/** Undefined when the tag does not match: wrong key, other additional data, or changed bytes. */
export async function decrypt(
  key: Bytes,
  iv: Bytes,
  ciphertext: Bytes,
  additionalData: Bytes,
): Promise<Bytes | undefined> {
  const cryptoKey = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"])
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(iv, additionalData), cryptoKey, ciphertext))
  } catch {
    return undefined
  }
}

function parameters(iv: Bytes, additionalData: Bytes) {
  return { name: "AES-GCM", iv, additionalData, tagLength: TAG_BYTES * 8 }
}
