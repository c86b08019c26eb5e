import { type Owner, VaultError } from "../engine/ports.ts"
import { decrypt, encrypt, IV_BYTES, TAG_BYTES } from "./aes-gcm.ts"
import { type Bytes, fromBase64url, toBase64url } from "./base64url.ts"
import { findKey, type Keyset, keyBytes } from "./keyset.ts"

const VERSION = "v1"

/** Encrypts with the primary key, into `v1.<keyId>.<iv>.<ciphertext+tag>`. */
export async function seal(keyset: Keyset, plaintext: string, owner: Owner): Promise<string> {
  const key = keyset.primary
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
  const bytes = new TextEncoder().encode(plaintext)
  const ciphertext = await encrypt(keyBytes(key), iv, bytes, additionalData(key.id, owner))
  return [VERSION, key.id, toBase64url(iv), toBase64url(ciphertext)].join(".")
}

export async function open(keyset: Keyset, envelope: string, owner: Owner): Promise<string> {
  const { keyId, iv, ciphertext } = parse(envelope)
  const key = findKey(keyset, keyId)
  if (!key) {
    throw new VaultError(
      "unknown_key",
      `The credential was encrypted with the key ${keyId}, which is not in the keyset.`,
      "Put the keyset back that was in use then, or disconnect the dock and connect it again.",
    )
  }
  const plaintext = await decrypt(keyBytes(key), iv, ciphertext, additionalData(keyId, owner))
  if (!plaintext) {
    throw new VaultError(
      "not_authentic",
      "The encrypted credential was changed, or belongs to another dock or organisation.",
      "Disconnect the dock and connect it again.",
    )
  }
  return new TextDecoder().decode(plaintext)
}

/** Which key it was sealed with. */
export function keyIdOf(envelope: string): string {
  return parse(envelope).keyId
}

/**
 * What an envelope is bound to. A JSON array, because joining the parts with a separator would let
 * ("a", "b:c") and ("a:b", "c") be the same.
 */
function additionalData(keyId: string, owner: Owner): Bytes {
  return new TextEncoder().encode(JSON.stringify([VERSION, keyId, owner.orgId, owner.dockId]))
}

function parse(envelope: string): { keyId: string; iv: Bytes; ciphertext: Bytes } {
  const [version, keyId, ivText, ciphertextText, ...rest] = envelope.split(".")
  const iv = fromBase64url(ivText ?? "")
  const ciphertext = fromBase64url(ciphertextText ?? "")
  const wellFormed =
    version === VERSION && keyId && iv?.length === IV_BYTES && ciphertext && ciphertext.length >= TAG_BYTES
  if (!wellFormed || rest.length > 0 || !/^[\w-]+$/.test(keyId)) {
    throw new VaultError(
      "malformed_envelope",
      "The stored credential is not an encrypted envelope of this version.",
      "Update StackDock if a newer version wrote it; otherwise disconnect the dock and connect it again.",
    )
  }
  return { keyId, iv, ciphertext }
}
