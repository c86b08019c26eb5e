const START = /^(<{7,}) /
const MIDDLE = /^(={7,})\r?$/
const END = /^(>{7,}) /
const SIZE = 7

/**
 * Both sides of a conflict between markers, as git writes them. They are longer than any line that looks like one, such as
 * the underline of a heading: nothing else would tell where one side ends.
 */
export function markConflict(
  yours: readonly string[],
  theirs: readonly string[],
  labels: { readonly yours: string; readonly theirs: string },
): string[] {
  const alike = [...yours, ...theirs].map((line) => /^(?:<+|=+|>+)/.exec(line)?.[0].length ?? 0)
  const size = Math.max(SIZE, ...alike.filter((length) => length >= SIZE).map((length) => length + 1))
  return [
    `${"<".repeat(size)} ${labels.yours}`,
    ...yours,
    "=".repeat(size),
    ...theirs,
    `${">".repeat(size)} ${labels.theirs}`,
  ]
}

/** How many conflicts a text still shows. */
export function countMarkers(text: string): number {
  return Math.max(
    ...[START, END].map((marker) => text.split("\n").filter((line) => marker.test(line)).length),
  )
}

/** The text with one side of each conflict. What a person has decided already stays as it is. */
export function takeSide(text: string, side: "mine" | "theirs"): string {
  let within: "neither" | "mine" | "theirs" = "neither"
  let size = 0
  const isMarker = (line: string, marker: RegExp) => marker.exec(line)?.[1]?.length === size
  return text
    .split("\n")
    .filter((line) => {
      if (within === "neither") size = START.exec(line)?.[1]?.length ?? 0
      if (within === "neither" && size > 0) within = "mine"
      else if (within === "mine" && isMarker(line, MIDDLE)) within = "theirs"
      else if (within === "theirs" && isMarker(line, END)) within = "neither"
      else return within === "neither" || within === side
      return false
    })
    .join("\n")
}
