import {
  isExampleHost,
  isHarmless,
  isPublicIpv4,
  isPublicIpv6,
} from "../../../../../registry/contract/scan.ts"
import { HostNames } from "./host-names.ts"
import type { ScrubKind } from "./kinds.ts"

export interface StandIn {
  readonly kind: ScrubKind
  readonly text: string
}

/** The same value gets the same stand-in wherever it comes, and two values never share one: references still join. */
export class StandIns {
  readonly hosts: HostNames
  readonly #isTaken: (text: string) => boolean
  readonly #given = new Map<string, StandIn>()
  readonly #used = new Set<string>()
  readonly #counts = new Map<string, number>()

  /** `isTaken` tells what stands in the traffic already: a stand-in must not be taken for it. */
  constructor(ownHosts: readonly string[], isTaken: (text: string) => boolean) {
    this.#isTaken = isTaken
    this.hosts = new HostNames(ownHosts, isTaken)
  }

  /** All that were given, by what they stand for. */
  get given(): ReadonlyMap<string, StandIn> {
    return this.#given
  }

  /** What already belongs to nobody is left as it is. A value that is secret in one place is secret everywhere. */
  note(kind: ScrubKind, value: string): boolean {
    if (!needsStandIn(kind, value) || (kind === "host name" && this.hosts.isHarmless(value))) return false
    const held = this.#given.get(value)
    if (!held || (kind === "secret" && held.kind !== "secret")) {
      this.#given.set(value, { kind, text: this.#make(kind, value) })
    }
    return true
  }

  #make(kind: ScrubKind, value: string): string {
    if (kind === "host name") return this.hosts.standInFor(value)
    for (;;) {
      const text = this.#candidate(kind, value)
      if (this.#used.has(text) || this.#isTaken(text)) continue
      this.#used.add(text)
      return text
    }
  }

  #candidate(kind: ScrubKind, value: string): string {
    const n = this.#next(kind === "id" ? shapeOf(value) : kind)
    const isSlug = !/[\sA-Z]/.test(value)
    switch (kind) {
      case "secret":
        return /^\d+$/.test(value) ? digits(value.length, n) : `fake-secret-${n}`
      case "e-mail address":
        return `person-${n}@example.com`
      case "person":
        return isSlug ? `person-${n}` : `Person ${n}`
      case "user name":
        return `user-${n}`
      case "organisation":
        return isSlug ? `company-${n}` : `Company ${n}`
      case "repository":
        return `repository-${n}`
      case "phone number":
        return `+1-${200 + Math.floor(n / 100)}-555-01${two(n % 100)}`
      case "postal address":
        return /^[\d -]+$/.test(value) ? digits(5, n) : `${n} Example Street`
      case "free text":
        return `Text ${n}.`
      case "IPv4 address":
        return documentationIpv4(n)
      case "IPv6 address":
        return `2001:db8::${n.toString(16)}`
      case "MAC address":
        return `00${value[2]}00${value[2]}5e${value[2]}00${value[2]}53${value[2]}${two(n, 16)}`
      default:
        return idLike(value, n)
    }
  }

  #next(of: string): number {
    const n = (this.#counts.get(of) ?? 0) + 1
    this.#counts.set(of, n)
    return n
  }
}

function needsStandIn(kind: ScrubKind, value: string): boolean {
  switch (kind) {
    case "secret":
      return value.trim() !== "" && !isHarmless(value)
    case "e-mail address":
      return !isExampleHost(value.split("@").at(-1) ?? "")
    case "IPv4 address":
      return isPublicIpv4(value)
    case "IPv6 address":
      return isPublicIpv6(value)
    case "MAC address":
      return !/^00[:-]00[:-]5e[:-]00[:-]53/i.test(value)
    default:
      return value.trim() !== "" && !isStandIn(value)
  }
}

/** What an earlier scrubbing wrote. */
function isStandIn(value: string): boolean {
  return /^(person|user|company|repository)-\d+$|^(Person|Company) \d+$|^Text \d+\.$|^\d+ Example Street$|^\+1-\d{3}-555-01\d\d$/.test(
    value,
  )
}

/** RFC 5737 has three ranges; what does not fit in them is private (RFC 1918), which is nobody's either. */
function documentationIpv4(n: number): string {
  const ranges = ["192.0.2", "198.51.100", "203.0.113"]
  const range = ranges[Math.floor((n - 1) / 254)]
  const last = ((n - 1) % 254) + 1
  return range === undefined
    ? `10.${Math.floor(n / 65_536)}.${Math.floor(n / 256) % 256}.${n % 256}`
    : `${range}.${last}`
}

/** As long as before and of the same make, so that a dock takes it for an id of this provider: `prj_0000000000000001`. */
function idLike(value: string, n: number): string {
  if (/^\d+$/.test(value)) return digits(value.length, n)
  const uuid = /^([\da-f]{8}-[\da-f]{4}-)([\da-f])([\da-f]{3}-)([\da-f])([\da-f]{3}-[\da-f]{12})$/i.exec(
    value,
  )
  if (uuid) return `00000000-0000-${uuid[2]}000-${uuid[4]}000-${n.toString(16).padStart(12, "0")}`
  const [, prefix = "", rest = ""] = /^([A-Za-z]{1,12}[_-])?(.*)$/s.exec(value) ?? []
  const isHex = /^[\da-f]+$/i.test(rest)
  return prefix + n.toString(isHex ? 16 : 10).padStart(Math.min(rest.length, 64), "0")
}

/** Ids of one make are counted by themselves. */
function shapeOf(value: string): string {
  return idLike(value, 0)
}

function digits(length: number, n: number): string {
  const least = 10 ** (Math.min(length, 15) - 1)
  return length < 2 ? String(n) : String(least + n)
}

function two(n: number, base = 10): string {
  return n.toString(base).padStart(2, "0").slice(-2)
}
