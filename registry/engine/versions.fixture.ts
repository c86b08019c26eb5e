import { pages, syncFake } from "./fake-dock.fixture.ts"
import type { Store } from "./ports.ts"
import type { SyncDock } from "./sync.ts"

const WINDOW = 1_000
const STEP = 25

/** The numbers of the servers that the account has in one version: some go and some come with each. */
export function numbersOf(version: number): { first: number; end: number } {
  return { first: version * STEP, end: version * STEP + WINDOW }
}

/** Each version changes every server, so that each sync writes every row. */
export function syncVersion(store: Store, version: number, options: Partial<SyncDock> = {}) {
  const { first, end } = numbersOf(version)
  const servers = Array.from({ length: end - first }, (_, index) => ({
    id: `s${first + index}`,
    name: `v${version}`,
    state: "on",
    version,
  }))
  return syncFake(
    store,
    { servers: () => pages(servers, { size: 100, total: servers.length }) },
    { now: Date.now, ...options },
  )
}
