/** Of the link that led here. It stands after the `#`: so it is in no request's address, and in no log. */
export function invitationHere(): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get("invitation") ?? undefined
}

/** Once it was taken up, or is of no use. */
export function forgetInvitation(): void {
  history.replaceState(null, "", location.pathname + location.search)
}
