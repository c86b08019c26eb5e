/** `dns_zones`, `dnsZones` and `DNS zones` as words: `dns`, `zones`. */
export function wordsIn(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase())
}

export function camel(name: string): string {
  const [first = "", ...rest] = wordsIn(name)
  return safe(first + rest.map(capital).join(""))
}

export function pascal(name: string): string {
  return safe(wordsIn(name).map(capital).join(""))
}

export function kebab(name: string): string {
  return wordsIn(name).join("-")
}

/** For a title: `Droplet id`. */
export function sentence(name: string): string {
  return capital(wordsIn(name).join(" "))
}

export function singular(word: string): string {
  if (/(ss|us|is|dns)$/.test(word)) return word
  if (/ies$/.test(word)) return word.replace(/ies$/, "y")
  if (/(ch|sh|x|ss|us)es$/.test(word)) return word.replace(/es$/, "")
  return word.replace(/s$/, "")
}

export function plural(word: string): string {
  if (/s$/.test(word) && singular(word) !== word) return word
  if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, "ies")
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`
}

/** What a part of an address is called in the source: `domainName`; where its own name says nothing, `zoneId`. */
export function placeName(path: string, parameter: string): string {
  if (!/^(id|uuid|guid|name|slug|key|id_or_name|idorname|resource_?id)$/i.test(parameter))
    return camel(parameter)
  const before = path.slice(0, path.indexOf(`{${parameter}}`)).split("/")
  const segment = before.filter((one) => one !== "" && !one.includes("{")).at(-1) ?? "item"
  const words = wordsIn(segment)
  return camel(
    [
      ...words.slice(0, -1),
      singular(words.at(-1) ?? ""),
      /name/i.test(parameter) && !/id/i.test(parameter) ? "name" : "id",
    ].join(" "),
  )
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

function safe(name: string): string {
  return /^\d/.test(name) ? `n${name}` : name
}
