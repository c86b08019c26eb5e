const BASE = 36
const T_MIN = 1
const T_MAX = 26
const SKEW = 38
const DAMP = 700
const FIRST_BIAS = 72
const FIRST_CODE_POINT = 128
const LAST_CODE_POINT = 0x10ffff

/** Decodes what follows `xn--` in a label; null when it is not punycode. https://www.rfc-editor.org/rfc/rfc3492 */
export function decodePunycode(encoded: string): string | null {
  const delimiter = encoded.lastIndexOf("-")
  const output = [...encoded.slice(0, Math.max(0, delimiter))].map((character) => character.charCodeAt(0))
  let codePoint = FIRST_CODE_POINT
  let index = 0
  let bias = FIRST_BIAS

  for (let at = delimiter + 1; at < encoded.length; ) {
    const before = index
    let weight = 1
    for (let k = BASE; ; k += BASE) {
      const digit = digitOf(encoded.charCodeAt(at++))
      if (digit === null) return null
      index += digit * weight
      const threshold = Math.min(T_MAX, Math.max(T_MIN, k - bias))
      if (digit < threshold) break
      weight *= BASE - threshold
    }
    const length = output.length + 1
    bias = adapt(index - before, length, before === 0)
    codePoint += Math.floor(index / length)
    index %= length
    if (codePoint > LAST_CODE_POINT) return null
    output.splice(index++, 0, codePoint)
  }
  return String.fromCodePoint(...output)
}

/** NaN, for an encoding that breaks off, is no digit either. */
function digitOf(code: number): number | null {
  if (code >= 0x61 && code <= 0x7a) return code - 0x61
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26
  return null
}

function adapt(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2))
  rest += Math.floor(rest / length)
  let k = 0
  for (; rest > ((BASE - T_MIN) * T_MAX) / 2; k += BASE) rest = Math.floor(rest / (BASE - T_MIN))
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW))
}
