const CONSOLE = "https://dash.cloudflare.com"

/** A page of Cloudflare's dashboard; null where a part of its address is not known. */
export function consoleUrl(...parts: readonly (string | null | undefined)[]): string | null {
  if (parts.some((part) => !part)) return null
  return [CONSOLE, ...parts.map((part) => encodeURIComponent(part ?? ""))].join("/")
}
