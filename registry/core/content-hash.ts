/**
 * A fingerprint of a JSON value: 128 bits as 32 hex digits, whatever the order of its keys.
 *
 * A row is only ever compared with its own former self, so nobody gains by making two values collide and a fast
 * hash will do (MurmurHash3, x86, 128 bit). WebCrypto's digests would cost a promise for every row.
 */
export function contentHash(value: unknown): string {
  return murmur3(new TextEncoder().encode(canonical(value)))
}

/** JSON with sorted keys. What JSON cannot hold is treated as `JSON.stringify` treats it. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null"
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  const members: Readonly<Record<string, unknown>> = { ...value }
  let text = ""
  for (const key of Object.keys(members).sort()) {
    if (members[key] !== undefined) text += `${text && ","}${JSON.stringify(key)}:${canonical(members[key])}`
  }
  return `{${text}}`
}

const C1 = 0x239b961b
const C2 = 0xab0e9789
const C3 = 0x38b34ae5
const C4 = 0xa1e38b93

/** https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp, `MurmurHash3_x86_128` with seed 0. */
export function murmur3(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const whole = bytes.length - (bytes.length % 16)
  let h1 = 0
  let h2 = 0
  let h3 = 0
  let h4 = 0

  for (let at = 0; at < whole; at += 16) {
    h1 ^= mix(view.getInt32(at, true), C1, 15, C2)
    h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0
    h2 ^= mix(view.getInt32(at + 4, true), C2, 16, C3)
    h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0
    h3 ^= mix(view.getInt32(at + 8, true), C3, 17, C4)
    h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0
    h4 ^= mix(view.getInt32(at + 12, true), C4, 18, C1)
    h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0
  }

  // The rest, padded with zeros: a word of zeros changes nothing.
  const tail = new Uint8Array(16)
  tail.set(bytes.subarray(whole))
  const rest = new DataView(tail.buffer)
  h1 ^= mix(rest.getInt32(0, true), C1, 15, C2)
  h2 ^= mix(rest.getInt32(4, true), C2, 16, C3)
  h3 ^= mix(rest.getInt32(8, true), C3, 17, C4)
  h4 ^= mix(rest.getInt32(12, true), C4, 18, C1)

  h1 ^= bytes.length
  h2 ^= bytes.length
  h3 ^= bytes.length
  h4 ^= bytes.length
  h1 += h2 + h3 + h4
  h2 += h1
  h3 += h1
  h4 += h1
  h1 = finish(h1)
  h2 = finish(h2)
  h3 = finish(h3)
  h4 = finish(h4)
  h1 += h2 + h3 + h4
  h2 += h1
  h3 += h1
  h4 += h1
  return hex(h1) + hex(h2) + hex(h3) + hex(h4)
}

function mix(word: number, first: number, turn: number, second: number): number {
  return Math.imul(rotate(Math.imul(word, first), turn), second)
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

function finish(word: number): number {
  let h = word ^ (word >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0")
}
