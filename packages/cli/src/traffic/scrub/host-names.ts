import { domainToASCII } from "node:url"
import { isExampleHost } from "../../../../../registry/contract/scan.ts"

/** Generic endings that are in wide use. Two letters are a country's, unless they are those of a file. */
const ENDINGS = new Set(
  (
    "com net org info biz name pro edu gov mil int arpa aero asia cat coop jobs mobi museum post tel travel xxx " +
    "app dev page site online store shop tech cloud digital agency studio design blog news media live world today " +
    "email solutions services systems company group team works business consulting marketing photography photo photos " +
    "gallery art link click space website web host hosting domains network software codes code computer support help " +
    "center zone life love xyz top club vip fun games game play video tv fm bio eco green organic farm garden house " +
    "homes land city town bar pub cafe restaurant coffee pizza kitchen recipes fashion style beauty hair salon spa fit " +
    "fitness yoga health care clinic dental doctor hospital pharmacy legal law attorney lawyer finance financial money " +
    "fund capital ventures partners holdings investments bank credit insurance tax accountant school academy education " +
    "university college training courses guide tips wiki reviews events tickets wedding band music audio film movie " +
    "show theater dance sport sports football run bike racing golf hockey ski surf horse dog pet vet kids family baby " +
    "toys gift gifts flowers jewelry watch shoes clothing boutique luxury sale deals discount market markets trade " +
    "supply supplies tools equipment parts auto car cars taxi limo flights holiday vacations cruises voyage tours " +
    "camp hotel villas rentals estate properties apartments construction builders contractors plumbing repair cleaning " +
    "energy solar engineering industries international global earth social community foundation charity church faith " +
    "bible how new now one plus red blue pink black gold best cool ninja rocks guru expert zone ltd llc inc gmbh sarl " +
    "berlin london nyc paris tokyo amsterdam hamburg koeln wien boston miami vegas africa quebec wales scot bayern " +
    "example test invalid localhost local internal lan home corp"
  ).split(" "),
)
const FILE_ENDINGS = new Set("js ts md py sh rs pl ps so cc mk".split(" "))
/** Under these anybody registers a name, as under a top-level domain. */
const SECOND_LEVELS = new Set("co com net org gov edu ac or ne gob govt".split(" "))
/** Where platforms put everybody's own names. */
const PLATFORMS = [
  "vercel.app now.sh netlify.app pages.dev workers.dev herokuapp.com onrender.com fly.dev railway.app up.railway.app",
  "digitaloceanspaces.com ondigitalocean.app amazonaws.com cloudfront.net elasticbeanstalk.com r2.dev",
  "r2.cloudflarestorage.com azurewebsites.net windows.net web.app firebaseapp.com run.app appspot.com github.io gitlab.io",
  "linodeobjects.com vultrobjects.com your-server.de",
]
  .join(" ")
  .split(" ")
/** Everybody's. What stands in their paths may still be somebody's. */
const PUBLIC_SITES =
  /^((www|api|raw|gist|avatars\d*|secure|fonts|storage|registry|hub)\.)?(github\.com|githubusercontent\.com|gitlab\.com|bitbucket\.org|gravatar\.com|googleapis\.com|google\.com|gmail\.com|letsencrypt\.org|schema\.org|w3\.org|json-schema\.org|docker\.com|wordpress\.org)$/i
/** What machines are called everywhere. */
const COMMON_LABELS =
  /^(\*|@|www\d?|api|app|admin|mail\d?|smtp|imap|pop3?|mx\d*|ns\d*|ftp|sftp|cdn|static|assets|img|images|media|blog|shop|store|docs|help|support|status|dev|test|stage|staging|preview|prod|production|beta|demo|old|new|m|mobile|portal|login|auth|sso|vpn|git|db|cpanel|webmail|autodiscover|autoconfig|_\w+|selector\d|k\d|default)$/i

export function isHostName(text: string): boolean {
  const labels = text.replace(/\.$/, "").toLowerCase().split(".")
  const ending = labels.at(-1) ?? ""
  if (labels.length < 2 || text.length > 253) return false
  if (ending.startsWith("xn--")) return true
  return ENDINGS.has(ending) || (/^[a-z]{2}$/.test(ending) && !FILE_ENDINGS.has(ending))
}

/** Gives every host name a stand-in. What is below another stays below it, so that records still belong to their zone. */
export class HostNames {
  readonly #own: readonly string[]
  readonly #isTaken: (text: string) => boolean
  readonly #zones = new Map<string, string>()
  readonly #labels = new Map<string, string>()

  /** `own` are the provider's: they stay, and so does what is below them when it says nothing of anybody. */
  constructor(own: readonly string[], isTaken: (text: string) => boolean) {
    this.#own = own.map((host) => host.toLowerCase())
    this.#isTaken = isTaken
  }

  /** Host names that need no stand-in: nobody's, everybody's, or the provider's. */
  isHarmless(host: string): boolean {
    return isExampleHost(host) || PUBLIC_SITES.test(host) || this.#own.includes(host.toLowerCase())
  }

  standInFor(host: string): string {
    const bare = host.replace(/\.$/, "").toLowerCase()
    if (this.isHarmless(bare)) return host
    const dot = host.endsWith(".") ? "." : ""
    const zone = this.#zoneOf(bare)
    const below = bare === zone ? [] : bare.slice(0, -zone.length - 1).split(".")
    return [...below.map((label) => this.#label(label)), this.#zone(zone)].join(".") + dot
  }

  /** `example` in `www.example.co.uk`: the word by which its owner is known; undefined for a platform's. */
  ownWord(host: string): string | undefined {
    const zone = this.#zoneOf(host.replace(/\.$/, "").toLowerCase())
    return this.#isShared(zone) || isExampleHost(zone) ? undefined : zone.split(".")[0]
  }

  #zoneOf(host: string): string {
    const shared = [...PLATFORMS, ...this.#own.map(registered)].find(
      (suffix) => host === suffix || host.endsWith(`.${suffix}`),
    )
    return shared ?? registered(host)
  }

  #isShared(zone: string): boolean {
    return PLATFORMS.includes(zone) || this.#own.some((host) => registered(host) === zone)
  }

  #zone(zone: string): string {
    if (this.#isShared(zone)) return zone
    const isInternational = zone.startsWith("xn--")
    return this.#once(this.#zones, zone, (n) => {
      return isInternational ? domainToASCII(`exämple-${n}.example`) : `site-${n}.example`
    })
  }

  #label(label: string): string {
    if (COMMON_LABELS.test(label)) return label
    return this.#once(this.#labels, label, (n) => `host-${n}`)
  }

  #once(known: Map<string, string>, of: string, make: (n: number) => string): string {
    const held = known.get(of)
    if (held !== undefined) return held
    let n = known.size + 1
    while (this.#isTaken(make(n)) || [...known.values()].includes(make(n))) n++
    known.set(of, make(n))
    return make(n)
  }
}

function registered(host: string): string {
  const labels = host.split(".")
  const isDeep = labels.length > 2 && SECOND_LEVELS.has(labels.at(-2) ?? "") && labels.at(-1)?.length === 2
  return labels.slice(isDeep ? -3 : -2).join(".")
}
