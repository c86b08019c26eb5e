import { isObject } from "../project/files.ts"

/** One step of a path into an item. */
export interface Step {
  readonly key: string
  /** What to take of a list. */
  readonly take?: "first" | "all" | { readonly key: string; readonly value: string }
}

/** Reads `networks.v4[type=public].ip_address`. */
export function stepsOf(path: string): Step[] {
  return path.split(".").map((part) => {
    const [, key = part, taken] = /^([^[]*)\[([^\]]*)\]$/.exec(part) ?? []
    if (taken === undefined) return { key }
    if (taken === "") return { key, take: "all" }
    const [, name, value] = /^([^=]+)=(.*)$/.exec(taken) ?? []
    return name === undefined || value === undefined
      ? { key, take: "first" }
      : { key, take: { key: name, value } }
  })
}

/** The path of the field itself, whichever element is taken: `networks.v4[].ip_address`. */
export function fieldPath(path: string): string {
  return path.replace(/\[[^\]]*\]/g, "[]")
}

/** What stands there in an item. */
export function valueAt(item: unknown, path: string): unknown {
  let at = item
  for (const { key, take } of stepsOf(path)) {
    if (!isObject(at)) return undefined
    at = at[key]
    if (take === undefined || take === "all") continue
    if (!Array.isArray(at)) return undefined
    at = take === "first" ? at[0] : at.find((one) => isObject(one) && one[take.key] === take.value)
  }
  return at
}

/** The expression that reads it: `droplet.region?.slug`. Every step but the first may be missing. */
export function codeFor(variable: string, path: string): string {
  let code = variable
  let isFirst = true
  for (const { key, take } of stepsOf(path)) {
    const mark = isFirst ? "" : "?."
    code += isName(key) ? `${mark || "."}${key}` : `${mark}[${JSON.stringify(key)}]`
    isFirst = false
    if (take === undefined || take === "all") continue
    code +=
      take === "first"
        ? "?.[0]"
        : isName(take.key)
          ? `?.find(({ ${take.key} }) => ${take.key} === ${JSON.stringify(take.value)})`
          : `?.find((one) => one[${JSON.stringify(take.key)}] === ${JSON.stringify(take.value)})`
  }
  return code
}

export function isName(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(key)
}

export function keyCode(key: string): string {
  return isName(key) ? key : JSON.stringify(key)
}
