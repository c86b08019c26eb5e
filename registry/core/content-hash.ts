/**
 * A fingerprint of a JSON value: 64 bits as 16 hex digits, whatever the order of its keys.
 *
 * A row is only ever compared with its own former self, and nobody gains by making two values collide: a fast hash will do.
 * It walks the value as it is. Sorting keys and writing JSON first would take most of the time of a sync that changes
 * nothing, and WebCrypto's digests would cost a promise for every row besides.
 */
export function contentHash(value: unknown): string {
  return hex(hash(value, 0x2545f491)) + hex(hash(value, 0x9e3779b9))
}

const NULL = 1
const TRUE = 2
const FALSE = 3
const NUMBER = 4
const STRING = 5
const ARRAY = 6
const OBJECT = 7

/** 32 bits of it. A `seed` each makes two of these independent. */
function hash(value: unknown, seed: number): number {
  switch (typeof value) {
    case "string":
      return hashText(value, seed ^ STRING)
    case "number":
      return hashText(String(value), seed ^ NUMBER)
    case "boolean":
      return finish(seed ^ (value ? TRUE : FALSE))
    case "object":
      if (value === null) return finish(seed ^ NULL)
      return Array.isArray(value) ? hashArray(value, seed) : hashObject(value, seed)
    default:
      // What JSON cannot hold it writes as null.
      return finish(seed ^ NULL)
  }
}

function hashArray(members: readonly unknown[], seed: number): number {
  let state = seed ^ ARRAY
  for (const member of members) state = Math.imul(state ^ hash(member, seed), 0x01000193)
  return finish(state ^ members.length)
}

/** A sum has no order. A member is mixed with its key first, so that two members cannot trade places unseen. */
function hashObject(object: object, seed: number): number {
  const members: Readonly<Record<string, unknown>> = Object(object)
  let sum = seed ^ OBJECT
  for (const key of Object.keys(members)) {
    const member = members[key]
    if (member !== undefined) sum = (sum + finish(hashText(key, seed) ^ rotate(hash(member, seed)))) | 0
  }
  return finish(sum)
}

/** FNV-1a over UTF-16 units. */
function hashText(text: string, seed: number): number {
  let state = seed
  for (let at = 0; at < text.length; at += 1) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193)
  return finish(state ^ text.length)
}

/** MurmurHash3's finaliser: each bit of the input changes half of the output. */
function finish(state: number): number {
  let h = state ^ (state >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function rotate(word: number): number {
  return (word << 15) | (word >>> 17)
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0")
}
