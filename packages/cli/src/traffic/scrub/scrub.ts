import { scan } from "../../../../../registry/contract/scan.ts"
import type { Exchange } from "../exchange.ts"
import {
  Collector,
  isFreeText,
  isReplacedNumber,
  isVocabulary,
  type Replaced,
  type Treatment,
  type Undecided,
} from "./collect.ts"
import { Replacer } from "./replace.ts"
import { StandIns } from "./stand-ins.ts"
import { type Visitor, walkExchange } from "./walk.ts"

export interface ScrubOptions {
  /** The provider's own: they stay. */
  readonly ownHosts: readonly string[]
  /** Known for secrets from the start: what was signed in with. */
  readonly secrets?: readonly string[]
  /** What a person says of fields, by path or by the end of one. */
  readonly treat?: ReadonlyMap<string, Treatment>
}

export interface Scrubbed {
  readonly exchanges: readonly Exchange[]
  readonly replaced: readonly Replaced[]
  /** While there is any, nothing of this may be written. */
  readonly undecided: readonly Undecided[]
  /** Fields that `treat` names and nobody has. */
  readonly unheeded: readonly string[]
}

/**
 * Replaces secrets, people, addresses, hosts and ids in captured traffic. The whole of it is looked at first, so that a
 * value known for a secret in one place is replaced in all, and what was equal stays equal.
 */
export function scrub(exchanges: readonly Exchange[], options: ScrubOptions): Scrubbed {
  const { ownHosts, secrets = [], treat = new Map() } = options
  const standIns = new StandIns(ownHosts, takenIn(exchanges))
  for (const secret of secrets) standIns.note("secret", secret)
  const collector = new Collector(standIns, treat)
  for (const exchange of exchanges) {
    collector.where = exchange.where
    walkExchange(exchange, collector)
  }
  collector.noteOwners()
  const second = replacing(standIns, treat)
  const clean = exchanges.map((exchange) => walkExchange(exchange, second))
  return {
    exchanges: clean,
    replaced: collector.replaced,
    undecided: [...collector.undecided, ...clean.flatMap(leftIn)],
    unheeded: collector.unheeded,
  }
}

/** The second look: puts the stand-ins in their places. */
function replacing(standIns: StandIns, treat: ReadonlyMap<string, Treatment>): Visitor {
  const replacer = new Replacer(standIns.given)
  return {
    text(value, place) {
      if (isVocabulary(place, value)) return value
      const prose = isFreeText(treat, place, value) ? standIns.given.get(value)?.text : undefined
      return prose ?? replacer.text(value)
    },
    number(value, place) {
      return isReplacedNumber(value, place) ? Number(replacer.whole(String(value)) ?? value) : value
    },
    key: (value) => replacer.text(value),
  }
}

/** What the check of recordings would find: a last look by other eyes. */
function leftIn({ where, url, requestBody, responseHeaders, body }: Exchange): Undecided[] {
  const request = { url, query: Object.fromEntries(new URL(url).searchParams), body: requestBody }
  return scan({ request, response: { headers: responseHeaders, body } }).map(({ path, what }) => ({
    path: path.replace(/\[\d+\]/g, "[]"),
    where,
    // What was found is not quoted.
    what: what.replace(/^(the (?:public|e-mail) address) .*/s, "$1"),
  }))
}

function takenIn(exchanges: readonly Exchange[]): (text: string) => boolean {
  const all = JSON.stringify(exchanges.map(({ url, requestBody, body }) => [url, requestBody, body]))
  const numbers = new Set(all.match(/\d+/g))
  return (text) => (/^\d+$/.test(text) ? numbers.has(text) : all.includes(text))
}
