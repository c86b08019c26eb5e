import { defaultFilter } from "cmdk"

const ROW = "row:"

export function rowValue(id: string): string {
  return `${ROW}${id}`
}

/**
 * How well an item of the palette fits what was typed. Rows come in the order in which they were found, perhaps by an
 * address that is not in their name. Of all else each word has to be in it: letters that are merely scattered over a
 * name, as those of "dark" over "Cloudflare dock", are not what somebody looks for.
 */
export function score(value: string, text: string, keywords?: string[]): number {
  if (value.startsWith(ROW)) return 0.5
  const name = value.toLowerCase()
  const isNamed = text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.includes(word))
  // Words in another order are found, too, after those in the order of the name.
  return isNamed ? defaultFilter(value, text, keywords) || 0.1 : 0
}
