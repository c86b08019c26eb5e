import { Secret } from "../core/secret.ts"
import { VaultError } from "../engine/ports.ts"
import { KEY_BYTES } from "./aes-gcm.ts"
import { type Bytes, fromBase64url, toBase64url } from "./base64url.ts"

export interface Key {
  /** Derived from the key, so that a key filed under another's name is noticed. */
  readonly id: string
  /** 32 bytes as base64url. */
  readonly material: Secret
}

/** New envelopes are sealed with the primary key; the older ones only open what they once sealed. */
export interface Keyset {
  readonly primary: Key
  readonly older: readonly Key[]
}

export function generateKey(): Promise<Key> {
  return keyFrom(crypto.getRandomValues(new Uint8Array(KEY_BYTES)))
}

export function findKey(keyset: Keyset, id: string): Key | undefined {
  return [keyset.primary, ...keyset.older].find((key) => key.id === id)
}

export function keyBytes(key: Key): Bytes {
  const bytes = fromBase64url(key.material.reveal())
  if (bytes?.length !== KEY_BYTES) throw malformedKeyset("A key is not 32 bytes of base64url")
  return bytes
}

/** The JSON form: what a key file and the environment variable of a server hold. */
export function formatKeyset(keyset: Keyset): string {
  const keys = [keyset.primary, ...keyset.older].map((key) => [key.id, key.material.reveal()])
  return JSON.stringify({ version: 1, primary: keyset.primary.id, keys: Object.fromEntries(keys) }, null, 2)
}

/** Reads the JSON form. `source` is where it came from, for errors; they never quote the text. */
export async function parseKeyset(text: string, source: string): Promise<Keyset> {
  const { primary, keys } = keysetJson(text, source)
  const all = await Promise.all(
    Object.entries(keys).map(async ([id, material]) => {
      const bytes = typeof material === "string" ? fromBase64url(material) : undefined
      if (bytes?.length !== KEY_BYTES)
        throw malformedKeyset(`${source} holds a key that is not 32 bytes of base64url`)
      const key = await keyFrom(bytes)
      if (key.id !== id) throw malformedKeyset(`${source} holds a key that does not belong to its id`)
      return key
    }),
  )
  const first = all.find((key) => key.id === primary)
  if (!first) throw malformedKeyset(`${source} names a primary key that it does not hold`)
  return { primary: first, older: all.filter((key) => key !== first) }
}

function keysetJson(text: string, source: string): { primary: unknown; keys: object } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw malformedKeyset(`${source} is not JSON`) // the parser's own message quotes the text
  }
  if (
    typeof json !== "object" ||
    json === null ||
    !("version" in json && "primary" in json && "keys" in json)
  ) {
    throw malformedKeyset(`${source} is not a keyset`)
  }
  if (json.version !== 1) throw malformedKeyset(`${source} is a keyset of another version`)
  if (typeof json.keys !== "object" || json.keys === null) throw malformedKeyset(`${source} holds no keys`)
  return { primary: json.primary, keys: json.keys }
}

async function keyFrom(bytes: Bytes): Promise<Key> {
  const label = new TextEncoder().encode("stackdock key id\0")
  const labelled = new Uint8Array([...label, ...bytes])
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", labelled))
  return { id: toBase64url(digest.slice(0, 9)), material: new Secret(toBase64url(bytes)) }
}

function malformedKeyset(message: string): VaultError {
  return new VaultError(
    "malformed_keyset",
    `${message}.`,
    "Restore it from your backup. Do not edit it by hand.",
  )
}
