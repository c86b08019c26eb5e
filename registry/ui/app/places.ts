import type { Place } from "../data/navigation.tsx"
import { isTableName } from "../format/words.ts"

/** The address of a place within the app. */
export function addressOf(place: Place): string {
  switch (place.page) {
    case "overview":
      return "/"
    case "connect":
      return `/docks/connect${query({ provider: place.provider })}`
    case "table":
      return `/infrastructure/${place.table}${query(place.search ?? {})}`
    case "resource":
      return `/resource/${encodeURIComponent(place.id)}`
    case "provision":
      return `/provision${query({ kind: place.kind, dock: place.dock, from: place.from })}`
    case "provisioning":
      return `/provisioning/${encodeURIComponent(place.id)}`
    case "backups":
      return `/backups${query({ tab: place.tab })}`
    default:
      return `/${place.page}`
  }
}

const plain = ["docks", "deployments", "monitoring", "activity", "settings", "backups", "provision"] as const

/** What is at an address, apart from what stands after its `?`; undefined where nothing is. */
export function placeAt(path: string): Place | undefined {
  const [first = "", second, ...rest] = path.split("/").filter((part) => part !== "")
  if (rest.length > 0) return undefined
  if (second === undefined) {
    if (first === "") return { page: "overview" }
    const page = plain.find((name) => name === first)
    return page && { page }
  }
  if (first === "docks" && second === "connect") return { page: "connect" }
  if (first === "infrastructure" && isTableName(second)) return { page: "table", table: second }
  if (first === "resource") return { page: "resource", id: decoded(second) }
  if (first === "provisioning") return { page: "provisioning", id: decoded(second) }
  return undefined
}

/** What an address says, each word as it is: a search for `41` is a text, no number. */
export function searchOf(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

export function query(search: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(search).flatMap(([name, value]) =>
    value === undefined || value === null || value === "" ? [] : [[name, String(value)]],
  )
  return given.length > 0 ? `?${new URLSearchParams(given)}` : ""
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
