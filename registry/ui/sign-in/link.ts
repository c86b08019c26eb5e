/** What a link that was sent carries. It stands after the `#`: so it is in no request's address, and in no log. */
type Carried = "invitation" | "reset"

/** Of the link that led here. */
export function carriedHere(what: Carried): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get(what) ?? undefined
}

/** Once it was taken up, or is of no use. */
export function forgetLink(): void {
  history.replaceState(null, "", location.pathname + location.search)
}
