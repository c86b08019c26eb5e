/** An address of the world outside that a page may link to. Providers tell it, so it may be anything: also a script. */
export function outsideLink(address: unknown): string | null {
  if (typeof address !== "string" || !/^https?:\/\//i.test(address)) return null
  return URL.canParse(address) ? address : null
}
