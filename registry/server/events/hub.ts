import type { ProvisionEvent } from "../../engine/provision-report.ts"
import type { SyncEvent } from "../../engine/stackdock.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import { Listener, type ListenerOptions } from "./listener.ts"
import type { Changed, Topic } from "./topics.ts"

/** What there is to tell. `shown` inside of it is for one session alone. */
export type Told =
  | { type: "changed"; changed: Changed }
  | { type: "sync"; event: SyncEvent }
  | { type: "provisioning"; event: ProvisionEvent; session: string | null }

export interface Numbered {
  number: number
  told: Told
}

/** How many events somebody whose connection was lost can miss without having to ask for everything again. */
const KEPT = 500
/** Changes within this time are told together. */
const GATHER_MS = 50
const APART_MS = 1_000
/** For how long an organisation that nobody listens to is kept in mind. */
const DESERTED_MS = 5 * 60_000

interface Channel {
  kept: Numbered[]
  /** The number of the last event that is not kept any more. */
  lost: number
  readonly listeners: Set<Listener>
  leftAt: number
  gathered: Map<Topic, Set<ResourceTableName> | null>
  timer: ReturnType<typeof setTimeout> | undefined
  flushedAt: number
}

/**
 * Passes on what happens, each organisation apart from the others. Events are numbered through all of them, so that a number
 * is enough to tell what somebody has missed; a server that was started anew begins with another `epoch`.
 */
export class Hub {
  readonly epoch = crypto.randomUUID().slice(0, 8)
  readonly #channels = new Map<string, Channel>()
  #number = 0
  #isClosed = false

  /** The id of the newest event: what is asked from now on includes all up to it. */
  get newest(): string {
    return this.idOf(this.#number)
  }

  idOf(number: number): string {
    return `${this.epoch}-${number}`
  }

  tell(orgId: string, told: Told): void {
    this.#number += 1
    const channel = this.#channels.get(orgId)
    if (!channel) return
    if (channel.listeners.size === 0 && Date.now() - channel.leftAt > DESERTED_MS) {
      this.#channels.delete(orgId)
      clearTimeout(channel.timer)
      return
    }
    const event = { number: this.#number, told }
    channel.kept.push(event)
    if (channel.kept.length > KEPT) channel.lost = channel.kept.shift()?.number ?? channel.lost
    for (const listener of channel.listeners) listener.push(event)
  }

  /** Answers to these questions may be others now. Of all tables, unless some are named. */
  changed(orgId: string, topics: readonly Topic[], tables: readonly ResourceTableName[] | null = null): void {
    const channel = this.#channels.get(orgId)
    if (!channel || this.#isClosed) {
      this.#number += 1
      return
    }
    for (const topic of topics) {
      const before = channel.gathered.get(topic)
      const all = tables === null || before === null
      channel.gathered.set(topic, all ? null : new Set([...(before ?? []), ...tables]))
    }
    if (channel.timer !== undefined) return
    const wait = Math.max(GATHER_MS, channel.flushedAt + APART_MS - Date.now())
    channel.timer = setTimeout(() => this.#flush(orgId, channel), wait)
  }

  #flush(orgId: string, channel: Channel): void {
    channel.timer = undefined
    channel.flushedAt = Date.now()
    const gathered = [...channel.gathered]
    channel.gathered = new Map()
    const ofAll = gathered.filter(([, tables]) => tables === null).map(([topic]) => topic)
    if (ofAll.length > 0) this.tell(orgId, { type: "changed", changed: { topics: ofAll, tables: null } })
    const ofSome = gathered.filter(([, tables]) => tables !== null)
    const tables = [...new Set(ofSome.flatMap(([, tables]) => [...(tables ?? [])]))]
    const topics = ofSome.map(([topic]) => topic)
    if (topics.length > 0) this.tell(orgId, { type: "changed", changed: { topics, tables } })
  }

  /** Begins with what came after `since`, or with a reset when that is no longer known. */
  listen(orgId: string, since: string | undefined, options: ListenerOptions): Listener {
    const channel = this.#channels.get(orgId) ?? this.#open(orgId)
    const listener = new Listener(
      options,
      (number) => this.idOf(number),
      () => {
        channel.listeners.delete(listener)
        channel.leftAt = Date.now()
      },
    )
    channel.listeners.add(listener)
    const from = since === undefined ? this.#number : this.#numberOf(since)
    if (from === undefined || from < channel.lost) listener.reset(this.#number)
    else {
      listener.greet(from)
      for (const event of channel.kept) if (event.number > from) listener.push(event)
    }
    if (this.#isClosed) listener.close()
    return listener
  }

  #open(orgId: string): Channel {
    const channel: Channel = {
      kept: [],
      lost: this.#number,
      listeners: new Set(),
      leftAt: Date.now(),
      gathered: new Map(),
      timer: undefined,
      flushedAt: 0,
    }
    this.#channels.set(orgId, channel)
    return channel
  }

  /** Undefined for one of another server, or of none. */
  #numberOf(id: string): number | undefined {
    const [epoch, number = ""] = id.split("-")
    return epoch === this.epoch && /^\d{1,15}$/.test(number) && Number(number) <= this.#number
      ? Number(number)
      : undefined
  }

  /** Whoever listens is checked again before they are told anything more: in one organisation, or in all. */
  recheck(orgId?: string): void {
    for (const [id, { listeners }] of this.#channels) {
      if (orgId === undefined || id === orgId) for (const listener of listeners) listener.recheck()
    }
  }

  /** How many streams of this session are open. */
  streamsOf(session: string): number {
    const all = [...this.#channels.values()].flatMap(({ listeners }) => [...listeners])
    return all.filter((listener) => listener.session === session).length
  }

  /** Whether anybody listens: `isOpen` by organisation. */
  get organizations(): string[] {
    return [...this.#channels].filter(([, { listeners }]) => listeners.size > 0).map(([orgId]) => orgId)
  }

  close(): void {
    this.#isClosed = true
    for (const { listeners, timer } of this.#channels.values()) {
      clearTimeout(timer)
      for (const listener of listeners) listener.close()
    }
  }
}
