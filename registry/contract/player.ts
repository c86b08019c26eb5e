import { differences, nearest, type SentRequest } from "./match.ts"
import type { Recording } from "./recording.ts"

/** Answers requests from recordings, and remembers which it used. Knows nothing of a network. */
export interface Player {
  play(sent: SentRequest): Recording | undefined
  unused(): Recording[]
  /** Says which request had no answer, and which recordings come nearest. */
  explain(sent: SentRequest): string
}

export function createPlayer(recordings: readonly Recording[]): Player {
  const used = new Set<Recording>()
  // Of two recordings that fit, the one that asks for more headers was made for this very request.
  const byAddress = new Map<string, Recording[]>()
  for (const recorded of [...recordings].sort((a, b) => headerCount(b) - headerCount(a))) {
    const { href } = new URL(recorded.request.url)
    byAddress.set(href, [...(byAddress.get(href) ?? []), recorded])
  }
  return {
    play(sent) {
      const candidates = byAddress.get(sent.url.origin + sent.url.pathname) ?? []
      const found = candidates.find((recorded) => differences(recorded, sent).length === 0)
      if (found) used.add(found)
      return found
    },
    unused: () => recordings.filter((recorded) => !used.has(recorded)),
    explain(sent) {
      const lines = nearest(recordings, sent).map((line) => `  - ${line}`)
      const request = `${sent.method} ${sent.url.origin}${sent.url.pathname}${sent.url.search}`
      return [`No recording answers ${request}`, "The nearest recordings:", ...lines].join("\n")
    },
  }
}

function headerCount(recorded: Recording): number {
  return Object.keys(recorded.request.headers ?? {}).length
}
