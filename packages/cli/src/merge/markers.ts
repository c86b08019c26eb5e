const START = /^<{7} /
const MIDDLE = /^={7}\r?$/
const END = /^>{7} /

/** How many conflicts a text still shows. */
export function countMarkers(text: string): number {
  return Math.max(
    ...[START, END].map((marker) => text.split("\n").filter((line) => marker.test(line)).length),
  )
}

/** The text with one side of each conflict. What a person has decided already stays as it is. */
export function takeSide(text: string, side: "mine" | "theirs"): string {
  let within: "neither" | "mine" | "theirs" = "neither"
  return text
    .split("\n")
    .filter((line) => {
      if (within === "neither" && START.test(line)) within = "mine"
      else if (within === "mine" && MIDDLE.test(line)) within = "theirs"
      else if (within === "theirs" && END.test(line)) within = "neither"
      else return within === "neither" || within === side
      return false
    })
    .join("\n")
}
