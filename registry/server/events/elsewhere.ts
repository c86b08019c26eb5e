import type { Stackdock } from "../../engine/stackdock.ts"
import type { Hub } from "./hub.ts"
import { allTopics } from "./topics.ts"

const EVERY_MS = 3_000

/**
 * Notices what another process has done to the same rows: the command in a terminal, a second server. Whatever changes
 * something leaves an audit entry, or a run; so while somebody listens, the newest of each is looked at. What this process does
 * itself is told at once, and once more by this.
 */
export function watchElsewhere(stackdock: Stackdock, hub: Hub, everyMs = EVERY_MS): () => void {
  const seen = new Map<string, string>()
  let isBusy = false

  async function look(): Promise<void> {
    const listening = hub.organizations
    for (const orgId of seen.keys()) if (!listening.includes(orgId)) seen.delete(orgId)
    for (const orgId of listening) {
      const newest = await newestOf(stackdock, orgId)
      const before = seen.get(orgId)
      seen.set(orgId, newest)
      if (before !== undefined && before !== newest) hub.changed(orgId, allTopics)
    }
  }

  const timer = setInterval(() => {
    if (isBusy) return
    isBusy = true
    // A store that cannot be asked now is asked again; whoever reads from it is told why.
    void look()
      .catch(() => {})
      .finally(() => {
        isBusy = false
      })
  }, everyMs)
  return () => clearInterval(timer)
}

async function newestOf(stackdock: Stackdock, orgId: string): Promise<string> {
  const functions = stackdock.asSystem({ orgId })
  const [{ entries }, runs] = await Promise.all([
    functions.auditPage({ limit: 1 }),
    functions.runs({ limit: 1 }),
  ])
  return JSON.stringify([entries[0]?.id, runs[0]?.id, runs[0]?.status])
}
