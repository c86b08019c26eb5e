/**
 * BLAKE3: https://github.com/BLAKE3-team/BLAKE3-specs. WebCrypto does not have it, and Pages knows files by nothing else: under
 * another key a deployment succeeds, and every address of it answers 500.
 */
export function blake3(bytes: Uint8Array): string {
  return [...node(bytes, 0, ROOT)].map(littleEndian).join("")
}

const IV = Uint32Array.of(
  ...[0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19],
)
const PERMUTATION = [2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8]
/** Which words of the block each of seven rounds mixes in. */
const SCHEDULES = schedules()
/** The four words that each quarter of a round mixes: columns, then diagonals. */
const QUARTERS = Uint8Array.of(
  ...[0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15],
  ...[0, 5, 10, 15, 1, 6, 11, 12, 2, 7, 8, 13, 3, 4, 9, 14],
)

const CHUNK_START = 1
const CHUNK_END = 2
const PARENT = 4
const ROOT = 8

const BLOCK_BYTES = 64
const CHUNK_BYTES = 1024

/** The chaining value of a part of the input, which begins with the chunk of that number. */
function node(bytes: Uint8Array, firstChunk: number, flags: number): Uint32Array {
  if (bytes.length <= CHUNK_BYTES) return chunk(bytes, firstChunk, flags)
  const chunks = Math.ceil(bytes.length / CHUNK_BYTES)
  // The left half is the largest full tree that leaves something for the right one.
  const left = 2 ** Math.floor(Math.log2(chunks - 1))
  const block = new Uint32Array(16)
  block.set(node(bytes.subarray(0, left * CHUNK_BYTES), firstChunk, 0), 0)
  block.set(node(bytes.subarray(left * CHUNK_BYTES), firstChunk + left, 0), 8)
  return compress(IV, block, 0, BLOCK_BYTES, PARENT | flags)
}

function chunk(bytes: Uint8Array, number: number, flags: number): Uint32Array {
  let value: Uint32Array = IV
  for (let at = 0; at === 0 || at < bytes.length; at += BLOCK_BYTES) {
    const part = bytes.subarray(at, at + BLOCK_BYTES)
    const start = at === 0 ? CHUNK_START : 0
    const end = at + BLOCK_BYTES >= bytes.length ? CHUNK_END | flags : 0
    value = compress(value, wordsOf(part), number, part.length, start | end)
  }
  return value
}

/** Runs for every 64 bytes of every file, so it makes nothing but its result. */
function compress(
  value: Uint32Array,
  block: Uint32Array,
  counter: number,
  length: number,
  flags: number,
): Uint32Array {
  STATE.set(value, 0)
  for (let index = 0; index < 4; index++) STATE[8 + index] = IV[index] ?? 0
  STATE[12] = counter
  STATE[13] = Math.floor(counter / 2 ** 32)
  STATE[14] = length
  STATE[15] = flags
  for (const schedule of SCHEDULES) {
    for (let quarter = 0; quarter < 8; quarter++) {
      const x = block[schedule[2 * quarter] ?? 0] ?? 0
      const y = block[schedule[2 * quarter + 1] ?? 0] ?? 0
      mix(quarter, x, y)
    }
  }
  const result = new Uint32Array(8)
  for (let index = 0; index < 8; index++) result[index] = (STATE[index] ?? 0) ^ (STATE[index + 8] ?? 0)
  return result
}

const STATE = new Uint32Array(16)

function mix(quarter: number, x: number, y: number): void {
  const ia = QUARTERS[4 * quarter] ?? 0
  const ib = QUARTERS[4 * quarter + 1] ?? 0
  const ic = QUARTERS[4 * quarter + 2] ?? 0
  const id = QUARTERS[4 * quarter + 3] ?? 0
  let b = STATE[ib] ?? 0
  let a = ((STATE[ia] ?? 0) + b + x) | 0
  let d = rotated((STATE[id] ?? 0) ^ a, 16)
  let c = ((STATE[ic] ?? 0) + d) | 0
  b = rotated(b ^ c, 12)
  a = (a + b + y) | 0
  d = rotated(d ^ a, 8)
  c = (c + d) | 0
  b = rotated(b ^ c, 7)
  STATE[ia] = a
  STATE[ib] = b
  STATE[ic] = c
  STATE[id] = d
}

function rotated(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits))
}

function schedules(): Uint8Array[] {
  let words = Uint8Array.from(PERMUTATION, (_, index) => index)
  return Array.from({ length: 7 }, () => {
    const now = words
    words = Uint8Array.from(PERMUTATION, (from) => now[from] ?? 0)
    return now
  })
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  const words = new Uint32Array(16)
  for (let index = 0; index < bytes.length; index++) {
    words[index >> 2] = (words[index >> 2] ?? 0) | ((bytes[index] ?? 0) << (8 * (index & 3)))
  }
  return words
}

function littleEndian(word: number): string {
  return [0, 8, 16, 24].map((shift) => ((word >>> shift) & 0xff).toString(16).padStart(2, "0")).join("")
}
