import type { StandIn } from "./stand-ins.ts"

const PREFIX = 4

/**
 * Finds known values in any text, in each form in which one may be written. By their first characters, because thousands
 * of values meet megabytes of text.
 */
export class Replacer {
  readonly #exact = new Map<string, string>()
  readonly #byPrefix = new Map<string, { text: string; standIn: string; inWords: boolean }[]>()

  constructor(given: ReadonlyMap<string, StandIn>) {
    for (const [value, { kind, text }] of given) {
      // A text stands for itself only where it was found: it may well be a single word.
      if (kind === "free text") continue
      for (const [form, standIn] of formsOf(value, text, kind)) {
        if (!this.#exact.has(form)) this.#exact.set(form, standIn)
        // A short value would be found in every other word.
        if (form.length < PREFIX || (/^\d+$/.test(form) && form.length < 5)) continue
        const key = form.slice(0, PREFIX).toLowerCase()
        const held = this.#byPrefix.get(key) ?? []
        this.#byPrefix.set(key, held)
        held.push({ text: form, standIn, inWords: kind === "secret" && form.length >= 8 })
      }
    }
    for (const held of this.#byPrefix.values()) held.sort((a, b) => b.text.length - a.text.length)
  }

  /** The stand-in of a value as a whole. */
  whole(value: string): string | undefined {
    return this.#exact.get(value) ?? this.#exact.get(value.toLowerCase())
  }

  /** A text with every known value in it replaced, the longest first. */
  text(text: string): string {
    const whole = this.whole(text)
    if (whole !== undefined) return whole
    let result = ""
    let copied = 0
    for (let at = 0; at + PREFIX <= text.length; ) {
      const found = this.#at(text, at)
      if (!found) {
        at++
        continue
      }
      result += text.slice(copied, at) + found.standIn
      at += found.text.length
      copied = at
    }
    return copied === 0 ? text : result + text.slice(copied)
  }

  #at(text: string, at: number): { text: string; standIn: string } | undefined {
    const candidates = this.#byPrefix.get(text.slice(at, at + PREFIX).toLowerCase())
    return candidates?.find(({ text: wanted, inWords }) => {
      const there = text.slice(at, at + wanted.length)
      if (there !== wanted && (inWords || there.toLowerCase() !== wanted)) return false
      return inWords || (isEdge(text, at) && isEdge(text, at + wanted.length))
    })
  }
}

/** A value as it is, and as addresses, JSON and base64 write it. */
function formsOf(value: string, standIn: string, kind: StandIn["kind"]): [string, string][] {
  const lower = value.toLowerCase()
  const forms: [string, string][] = [
    [value, standIn],
    [encodeURIComponent(value), encodeURIComponent(standIn)],
    [new URLSearchParams({ "": value }).toString().slice(1), encodeURIComponent(standIn)],
    [JSON.stringify(value).slice(1, -1), standIn],
  ]
  if (kind === "secret" && value.length >= 8) {
    forms.push([Buffer.from(value).toString("base64"), Buffer.from(standIn).toString("base64")])
    forms.push([Buffer.from(value).toString("base64url"), Buffer.from(standIn).toString("base64url")])
  }
  if (kind === "host name" || kind === "e-mail address") forms.push([lower, standIn])
  if (kind === "person" && /\S\s+\S/.test(value)) {
    const slug = standIn.toLowerCase().replaceAll(" ", "-")
    for (const joint of ["-", "_", ".", "", "+"]) forms.push([lower.replace(/\s+/g, joint), slug])
    forms.push([lower, standIn])
  }
  return forms
}

/** Whether no letter or digit goes on across this place. */
function isEdge(text: string, at: number): boolean {
  return !/[\p{L}\p{N}]{2}/u.test(text.slice(Math.max(0, at - 1), at + 1))
}
