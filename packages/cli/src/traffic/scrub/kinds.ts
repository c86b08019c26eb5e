/** What a scrubbed value was. */
export const scrubKinds = [
  "secret",
  "e-mail address",
  "person",
  "user name",
  "organisation",
  "repository",
  "phone number",
  "postal address",
  "free text",
  "IPv4 address",
  "IPv6 address",
  "MAC address",
  "host name",
  "id",
] as const

export type ScrubKind = (typeof scrubKinds)[number]

/** Where a value stands: the keys above it without the indices, and what stands beside it. */
export interface Place {
  /** For people, with `[]` for every element of a list: `response.body.data[].owner.name`. */
  readonly path: string
  readonly keys: readonly string[]
  readonly siblings: Readonly<Record<string, unknown>>
  /** A refusal's own words are the provider's. */
  readonly isRefusal: boolean
}
