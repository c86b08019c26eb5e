import type { ProvisionEvent, ProvisionReport } from "../engine/provision-report.ts"
import type { OrganizationFunctions, SyncReport, SyncRequest } from "../engine/stackdock.ts"
import type { Hub } from "./events/hub.ts"
import { thinned } from "./events/thin.ts"
import { changedBySync } from "./events/topics.ts"
import { readable, type SentProvisionReport } from "./sent.ts"
import type { ShownOnceShelf } from "./shown-once.ts"
import { untilStarted, type Work } from "./work.ts"

/** On whose behalf, and where. Nobody is told what is shown once when no session has asked for it. */
export interface Undertaker {
  readonly orgId: string
  readonly functions: OrganizationFunctions
  readonly session: string | null
}

/** How the engine's functions that take long are begun: with somewhere to tell of their progress, and an end to heed. */
export interface Manner {
  signal: AbortSignal
  wait: true
  onProgress(event: ProvisionEvent): void
}

/** Long work: begun by a request or by the clock, told of to whoever listens, and gone on with when the browser is closed. */
export class Undertakings {
  readonly #hub: Hub
  readonly #work: Work
  readonly #shelf: ShownOnceShelf
  readonly #onLate: (error: unknown) => void
  readonly #provisionings = new Set<string>()
  /** Who has asked for what is unfinished: the clock may go on with it, and a provider tells its secrets then. */
  readonly #askedBy = new Map<string, string>()
  #syncs = 0

  constructor(hub: Hub, work: Work, shelf: ShownOnceShelf, onLate: (error: unknown) => void) {
    this.#hub = hub
    this.#work = work
    this.#shelf = shelf
    this.#onLate = onLate
  }

  /** How many syncs this process is at just now. */
  get syncsUnderWay(): number {
    return this.#syncs
  }

  /** Whether this process is at work on it just now. */
  isUnderWay(provisioningId: string): boolean {
    return this.#provisionings.has(provisioningId)
  }

  /** Done as soon as the first dock is being read. */
  async sync({ functions, orgId }: Undertaker, request: SyncRequest): Promise<void> {
    await untilStarted<void, SyncReport>(
      (started) =>
        this.#work.begin((signal) => this.#sync(functions, orgId, { ...request, signal }, started)),
      this.#onLate,
    )
  }

  async #sync(
    functions: OrganizationFunctions,
    orgId: string,
    request: SyncRequest,
    started: () => void,
  ): Promise<SyncReport> {
    const tell = thinned((event) => this.#hub.tell(orgId, { type: "sync", event }))
    this.#syncs += 1
    try {
      return await functions.sync({
        ...request,
        onProgress: (event) => {
          tell(event)
          const changed = changedBySync(event)
          if (changed) this.#hub.changed(orgId, changed.topics, changed.tables)
          started()
        },
      })
    } finally {
      this.#syncs -= 1
      this.#hub.changed(orgId, ["docks", "runs", "audit"], [])
    }
  }

  /**
   * Done as soon as the intent is written; what comes after that is told. What `isSame` finds under way in this process is not
   * begun again: whoever asks twice gets the same answer twice, and does not have to wait until it is free.
   */
  async provision(
    undertaker: Undertaker,
    isSame: (report: ProvisionReport) => boolean,
    begin: (manner: Manner) => Promise<ProvisionReport>,
  ): Promise<SentProvisionReport> {
    const { functions, session } = undertaker
    if (this.#provisionings.size > 0) {
      const unfinished = await functions.provisionings({ unfinished: true })
      const same = unfinished.find((report) => this.#provisionings.has(report.id) && isSame(report))
      if (same) return this.#sent(same, session)
    }
    const outcome = await untilStarted<string, ProvisionReport>(
      (started) => this.#work.begin((signal) => this.#follow(undertaker, signal, begin, started)),
      this.#onLate,
    )
    if ("ended" in outcome) return { ...outcome.ended, shows: readable(outcome.ended.shows) }
    return this.#sent(await functions.provisioning(outcome.started), session)
  }

  #sent(report: ProvisionReport, session: string | null): SentProvisionReport {
    const shows = session === null ? [] : this.#shelf.of(session, report.id)
    return { ...report, shows: readable(shows) }
  }

  async #follow(
    { orgId, session }: Undertaker,
    signal: AbortSignal,
    begin: (manner: Manner) => Promise<ProvisionReport>,
    started: (id: string) => void,
  ): Promise<ProvisionReport> {
    let id: string | undefined
    const onProgress = (event: ProvisionEvent) => {
      id = event.id
      this.#provisionings.add(id)
      if (session !== null) this.#askedBy.set(id, session)
      const asker = this.#askedBy.get(id) ?? null
      if (event.type === "shown" && asker !== null) this.#shelf.put(asker, id, event.shows)
      this.#hub.tell(orgId, { type: "provisioning", event, session: asker })
      this.#hub.changed(orgId, ["provisionings", "provisioning"])
      if (event.type === "started") started(id)
    }
    try {
      const report = await begin({ signal, wait: true, onProgress })
      if (report.finishedAt !== null) this.#askedBy.delete(report.id)
      return report
    } finally {
      if (id !== undefined) this.#provisionings.delete(id)
      this.#hub.changed(orgId, [
        "provisionings",
        "provisioning",
        "counts",
        "changes",
        "resources",
        "resource",
        "audit",
      ])
    }
  }
}
