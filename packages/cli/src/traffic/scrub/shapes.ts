import { TOKEN_SHAPES } from "../../../../../registry/contract/scan.ts"
import { isHostName } from "./host-names.ts"
import type { ScrubKind } from "./kinds.ts"

/** Something found in a text by its shape alone. */
export interface Shape {
  readonly kind: ScrubKind
  readonly text: string
}

const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g
const USER_INFO = /:\/\/([^/\s:@]*):([^/\s@]+)@/g
const AUTHORIZATION = /\b(?:Bearer|Basic|Token)\s+([A-Za-z0-9._~+/=:-]{8,})/gi
const ADDRESSES: readonly (readonly [RegExp, ScrubKind])[] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "e-mail address"],
  [/(?<![\w:])(?:[\da-f]{2}[:-]){5}[\da-f]{2}(?![\w:])/gi, "MAC address"],
  [/(?<![\w:])[\da-f]{0,4}(?::[\da-f]{0,4}){2,7}(?![\w:])/gi, "IPv6 address"],
  [/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g, "IPv4 address"],
  // As people and forms write them: with the country's code, and separators or none.
  [/(?<![\w+])\+\d{1,3}[ .()-]{0,2}\d{1,4}(?:[ .()/-]{0,2}\d{2,5}){1,4}(?!\w)/g, "phone number"],
]
const REPOSITORY =
  /\b(?:github\.com|gitlab\.com|bitbucket\.org)[/:]([\w.-]+)\/([\w.-]+?)(?=\.git\b|[^\w.-]|$)/gi
const UUID = /(?<![\da-f-])[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\da-f-])/gi
const DOTTED = /(?<![\w@.-])(?:\*\.)?(?:[a-z\d_](?:[\w-]*[a-z\d])?\.)+[a-z][a-z\d-]*[a-z\d](?![\w@-]|\.\w)/gi

const TOKENS = TOKEN_SHAPES.map(([{ source, flags }]) => new RegExp(source, `${flags}g`))

/** Whatever in a text can be told by its looks, whole and in pieces. */
export function shapesIn(text: string): Shape[] {
  // `password@host` would be taken for an e-mail address.
  const bare = text.replace(USER_INFO, "://")
  const secrets = [
    ...(text.match(PEM) ?? []),
    ...[...text.matchAll(USER_INFO)].flatMap(([, , password = ""]) => password),
    ...[...text.matchAll(AUTHORIZATION)].flatMap(([, token = ""]) => token),
    ...TOKENS.flatMap((pattern) => text.match(pattern) ?? []),
  ]
  return [
    ...secrets.map((found): Shape => ({ kind: "secret", text: found })),
    ...ADDRESSES.flatMap(([pattern, kind]) => {
      return [...bare.matchAll(pattern)].map(([found]): Shape => ({ kind, text: found }))
    }),
    ...[...bare.matchAll(REPOSITORY)].flatMap(([, owner = "", name = ""]): Shape[] => [
      { kind: "organisation", text: owner },
      { kind: "repository", text: name },
    ]),
    ...(text.match(UUID) ?? []).map((found): Shape => ({ kind: "id", text: found })),
    ...(bare.match(DOTTED) ?? [])
      .filter(isHostName)
      .map((found): Shape => ({ kind: "host name", text: found })),
  ]
}
