/** An invitation's id stands after the `#` of its link: it is in no request's address, and so in no log. */
export function invitationLink(id: string, origin = location.origin): string {
  return `${origin}/#invitation=${encodeURIComponent(id)}`
}

/** Of the link that led here. */
export function invitationHere(): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get("invitation") ?? undefined
}

/** Once it was taken up, or is of no use. */
export function forgetInvitation(): void {
  history.replaceState(null, "", location.pathname + location.search)
}
