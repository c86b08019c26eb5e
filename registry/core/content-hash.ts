/**
 * A fingerprint of a JSON value: 64 bits as 16 hex digits, whatever the order of its keys.
 *
 * A row is only ever compared with its own former self, and nobody gains by making two values collide: a fast hash will do.
 * It walks the value once, as it is. Sorting keys and writing JSON first would take most of the time of a sync that changes
 * nothing, and WebCrypto's digests would cost a promise for every row besides.
 */
export function contentHash(value: unknown): string {
  const state = { low: LOW_SEED, high: HIGH_SEED }
  add(state, value)
  return hex(finish(state.low)) + hex(finish(state.high))
}

/** Two halves that go through the same words, each in its own way. */
interface State {
  low: number
  high: number
}

const LOW_SEED = 0x2545f491
const HIGH_SEED = 0x9e3779b9
const LOW_FACTOR = 0x01000193
const HIGH_FACTOR = 0x5f356495

const NULL = 1
const TRUE = 2
const FALSE = 3
const NUMBER = 4
const STRING = 5
const ARRAY = 6
const OBJECT = 7

function add(state: State, value: unknown): void {
  if (typeof value === "string") addText(state, STRING, value)
  else if (typeof value === "number") addText(state, NUMBER, String(value))
  else if (typeof value === "boolean") addWords(state, value ? TRUE : FALSE, 0)
  else if (Array.isArray(value)) addArray(state, value)
  else if (typeof value === "object" && value !== null) addObject(state, value)
  // What JSON cannot hold it writes as null.
  else addWords(state, NULL, 0)
}

function addArray(state: State, members: readonly unknown[]): void {
  for (const member of members) add(state, member)
  addWords(state, ARRAY, members.length)
}

/** A sum has no order. A key and its member are hashed together, so that two members cannot trade places unseen. */
function addObject(state: State, object: object): void {
  const members: Readonly<Record<string, unknown>> = Object(object)
  const { low, high } = state
  let lowSum = 0
  let highSum = 0
  // Plain objects have no keys but their own, and a list of them would be made for every object.
  for (const key in members) {
    const member = members[key]
    if (member === undefined) continue
    state.low = LOW_SEED
    state.high = HIGH_SEED
    addText(state, OBJECT, key)
    add(state, member)
    lowSum = (lowSum + finish(state.low)) | 0
    highSum = (highSum + finish(state.high)) | 0
  }
  state.low = low ^ lowSum
  state.high = high ^ highSum
  addWords(state, OBJECT, 0)
}

/** FNV-1a over UTF-16 units, with the length after them, so that a text does not run into the next. */
function addText(state: State, kind: number, text: string): void {
  let { low, high } = state
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    low = Math.imul(low ^ unit, LOW_FACTOR)
    high = Math.imul(high ^ unit, HIGH_FACTOR)
  }
  state.low = low
  state.high = high
  addWords(state, kind, text.length)
}

/** Mixed well, because words are few bits and FNV carries them upwards only. */
function addWords(state: State, kind: number, length: number): void {
  state.low = finish(Math.imul(state.low ^ kind, LOW_FACTOR) ^ length)
  state.high = finish(Math.imul(state.high ^ kind, HIGH_FACTOR) ^ length)
}

/** MurmurHash3's finaliser: each bit of the input changes half of the output. */
function finish(state: number): number {
  let h = state ^ (state >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h ^= h >>> 13
  h = Math.imul(h, 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, "0")
}
