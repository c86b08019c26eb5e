/**
 * Whether a word looks made by a machine rather than chosen by a person or a provider: long, and less than half of it can
 * be read. `ubuntu-22-04-x64` does not; `kq83Jd0aZp1xWm` does.
 */
export function looksRandom(word: string): boolean {
  if (bareLength(word) < SHORTEST || isOrdinary(word)) return false
  if (/^\d+$/.test(word)) return word.length >= LONG_NUMBER
  const parts = word.split(/[^A-Za-z\d]+/).filter((part) => !isShorthand(part, word))
  const pieces = parts.flatMap(piecesOf)
  const length = parts.join("").length
  if (length < SHORTEST / 2) return false
  const readable = bareLength(word) - length + pieces.filter(isReadable).join("").length
  return readable / bareLength(word) < 0.5 || (length >= SHORTEST && length / pieces.length < 2.7)
}

const SHORTEST = 12
/** Milliseconds since 1970 have thirteen digits, nanoseconds nineteen. */
const LONG_NUMBER = 20

const INSTANT =
  /(?<![\dA-Za-z])\d{4}-?\d{2}-?\d{2}[T_ -]?\d{2}[:.-]?\d{2}(?:[:.-]?\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?(?![\dA-Za-z])/g

/** The words of a text that look random. */
export function randomWords(text: string): string[] {
  const runs = text.replace(INSTANT, " ").match(/[\w+/=~.-]{12,}/g) ?? []
  return runs.flatMap(wordsOf).filter(looksRandom)
}

/** A path is read by its segments, unless its slashes are those of base64. */
function wordsOf(run: string): string[] {
  if (/^[A-Za-z\d+/]+={0,2}$/.test(run) && run.length % 4 === 0 && looksRandom(run)) return [run]
  return run.split("/").flatMap((part) => (/=./.test(part) ? part.split("=") : part))
}

function isOrdinary(word: string): boolean {
  // Times, and numbers with points in them.
  if (/^[\d.-]*$/.test(word.replace(INSTANT, "")) && !/^\d+$/.test(word)) return true
  // Our own stand-ins: almost all zeros.
  return /^(?:[A-Za-z]+[_-])?[0-]{6,}[\da-f-]*$/.test(word) || /^fake-secret-/.test(word)
}

/** `h100x8` and `640gb` in the name of a plan. What is random is rarely cut so short, and mixes cases. */
function isShorthand(part: string, word: string): boolean {
  return part.length < word.length && (/^[a-z\d]{1,6}$/.test(part) || /^\d{1,8}$/.test(part))
}

/** Cut where letters and digits meet, and where a capital begins a word: `github`, `Commit`, `SHA`, `256`. */
function piecesOf(part: string): string[] {
  return part.match(/\d+|[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g) ?? []
}

/** Words have vowels, and not many other letters between them. */
function isReadable(piece: string): boolean {
  if (piece.length < 3 || /\d/.test(piece)) return false
  const vowels = (piece.match(/[aeiouy]/gi)?.length ?? 0) / piece.length
  const crowd = piece.length < SHORTEST ? /[^aeiouy]{5}/i : /[^aeiouy]{6}/i
  return vowels >= 0.2 && vowels <= 0.75 && !crowd.test(piece)
}

function bareLength(word: string): number {
  return word.replace(/[^A-Za-z\d]/g, "").length
}
