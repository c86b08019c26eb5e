import { judgeName } from "../../../../../registry/core/secret-names.ts"
import type { Place, ScrubKind } from "./kinds.ts"

/** Names of keys, compared as words: `githubCommitAuthorName` is `github commit author name`. */
const FIELDS: readonly (readonly [RegExp, ScrubKind])[] = [
  [/\be ?mails?( address)?$/, "e-mail address"],
  [/\b(phone|mobile|cell|telephone|tel|fax)( number)?$/, "phone number"],
  [
    /\b(first|last|given|family|middle|maiden|sur|full|real|legal|contact|cardholder|person) ?name$/,
    "person",
  ],
  [/\b(author|owner|committer|creator|user|customer|member|sender|registrant)( display)? name$/, "person"],
  [/\b(created|updated|deployed|published|requested|invited) by( name)?$/, "person"],
  [/\b(user ?name|user ?login|login|nick ?name|handle|screen name|user ?slug)$/, "user name"],
  [/\b(author|committer|owner|creator)( login| username)$/, "user name"],
  [
    /\b(company|organi[sz]ation|org|team|workspace|tenant|agency|customer|account)( name| slug)$/,
    "organisation",
  ],
  [/\b(company|business name|employer)$/, "organisation"],
  [/\b(street|address ?line ?\d?|address ?[12]|postal code|post ?code|zip( code)?)$/, "postal address"],
  [/\b(billing|postal|home|mailing|shipping|street) address$/, "postal address"],
  [
    /\b(vat( id| number)?|tax (id|number)|iban|bic|card number|last ?4|ssn|date of birth|birthday|dob)$/,
    "secret",
  ],
  [/\b(descriptions?|notes?|comments?|bio|about|memo|remarks?|commit message|motd)$/, "free text"],
]

const REPOSITORY = /^(full name|repo|repository|(repo|repository) (path|name|slug))$/
const PEOPLE =
  /\b(users?|owners?|members?|authors?|creators?|committers?|contacts?|profiles?|customers?|viewer|sender|me|person)$/
const ORGANISATIONS = /\b(teams?|organi[sz]ations?|orgs?|workspaces?|tenants?|accounts?|company|agency)$/
const PRODUCTS = /\b(provider|service|product|plan|image|size|region|integration)s?$/
const NAME = /^(name|display name|title|slug|label)$/

const IDENTIFIER =
  /(^|\b)(ids?|uid|uuid|guid|etag|sha\d*|hash|digest|checksum|fingerprint|commit|revision|version id|ref|cursor|next|prev|previous|after|before|continuation|page token|request|ray|trace|node|object|arn|urn|key id|serial|deployment|deploy|build|parent|creator|owner|author|user)$/

/** Account names that say nothing of anybody. */
const COMMON =
  /^(root|admin|administrator|user|users|ubuntu|debian|centos|fedora|git|www-data|postgres|mysql|default|system|none|null|unknown|true|false|public|private)$/i

/** What the name of a key, and of the keys around it, says of its value; undefined when it says nothing. */
export function kindByName(place: Place, value: string): ScrubKind | undefined {
  const key = place.keys.at(-1) ?? ""
  if (isSecretName(place)) return "secret"
  const name = words(key)
  if (REPOSITORY.test(name) && /^[^\s/]+\/[^\s/]+$/.test(value)) return "repository"
  // `provider.full_name` is "AWS S3".
  if (name === "full name" && PRODUCTS.test(words(place.keys.at(-2) ?? ""))) return undefined
  const found = FIELDS.find(([pattern]) => pattern.test(name))?.[1] ?? namedBySurroundings(name, place)
  if (found === "free text") return place.isRefusal ? undefined : found
  if (found === "e-mail address" && !value.includes("@")) return undefined
  if ((found === "user name" || found === "person") && COMMON.test(value)) return undefined
  return found
}

/** Whether the value is somebody's secret by the name of its key, or of what it is a variable of. */
export function isSecretName({ keys, siblings }: Place): boolean {
  const key = keys.at(-1) ?? ""
  if (judgeName(key) !== "open") return true
  if (!/^(value|data|content|secret|plain)$/i.test(key)) return false
  // `{ "key": "DATABASE_URL", "value": … }`, and whatever hangs under `env`.
  if (
    keys.slice(0, -1).some((above) => /\b(env|environment|variables?|vars?|secrets?)\b/.test(words(above)))
  ) {
    return true
  }
  const title = siblings["key"] ?? siblings["name"]
  return (
    typeof title === "string" && (judgeName(title) !== "open" || /^[A-Z][A-Z\d]*(_[A-Z\d]+)+$/.test(title))
  )
}

/** Whether a value that looks random may stand here: it identifies something, and others refer to it by it. */
export function isIdentifier({ keys }: Place): boolean {
  return IDENTIFIER.test(words(keys.at(-1) ?? ""))
}

function namedBySurroundings(name: string, { keys, siblings }: Place): ScrubKind | undefined {
  const isOfAddress = Object.keys(siblings).some((key) =>
    /street|zip|post(al)?_?code|address_?line/i.test(key),
  )
  if (/^(city|suburb|state|province|county)$/.test(name) && isOfAddress) return "postal address"
  if (!NAME.test(name)) return undefined
  const above = words(keys.at(-2) ?? "")
  if (PEOPLE.test(above)) return name === "slug" ? "user name" : "person"
  if (ORGANISATIONS.test(above)) return "organisation"
  if (typeof siblings["email"] === "string" || typeof siblings["first_name"] === "string") return "person"
  const isDeployment = Object.keys(siblings).some((key) => /commit/i.test(key))
  return name === "title" && isDeployment ? "free text" : undefined
}

function words(key: string): string {
  return key
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .replace(/[^A-Za-z\d]+/g, " ")
    .trim()
    .toLowerCase()
}
