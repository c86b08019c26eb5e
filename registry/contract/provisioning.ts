import { afterAll, expect } from "vitest"
import type { z } from "zod"
import type { AnyDock, Dock } from "../core/dock.ts"
import type { Action, Provision } from "../core/provision.ts"
import { ACCOUNT_SCOPE, type Scope } from "../core/resource.ts"
import { Facts } from "../engine/facts.ts"
import { itemReader } from "../engine/item-rows.ts"
import { isResourceTable, type ResourceRow, type ResourceTableName } from "../schema/index.ts"
import { cyclesOf, inTurn } from "./cycle.ts"
import { isOfCycle, isRefusal, type Recording } from "./recording.ts"
import { replay } from "./replay.ts"
import { actionSuite } from "./suites/actions.ts"
import { kindSuite } from "./suites/kinds.ts"
import { createTestbed } from "./testbed.ts"

/** Something that is made, watched and removed. */
export interface Making {
  /** As a person gives it. */
  readonly input: unknown
  /** What its row says, in part. */
  readonly row: object
  /** What is told while it is waited for. */
  readonly progress?: readonly (string | null)[]
  /** It is made, will not get ready, and says why; its row stays, to be looked at and removed. */
  readonly fails?: { readonly code: string; readonly message: string }
  /** Recordings, by their file in the cycle, of writes that may be done again: an upload, a check. They make nothing. */
  readonly again?: readonly string[]
  /** What is told once, title and value. */
  readonly shows?: readonly (readonly [title: string, value: string])[]
}

/** Something that is done to a row. */
export interface Doing {
  /** The row, as its table's listing gives it. */
  readonly on: { readonly item: unknown; readonly scope?: Scope }
  readonly input?: unknown
  /** What is reported, in part. */
  readonly done?: object
  /** What its row says afterwards, in part. */
  readonly row?: object
}

export interface ProvisioningOptions {
  credentials: unknown
  recordings: readonly Recording[]
  /** By cycle: the name of the kind, or that and a variant (`server-linode`). Of each kind, the first is played in every way. */
  makes?: Readonly<Record<string, Making>>
  /** By cycle: table and action (`servers.restart`), or that and a variant. */
  does?: Readonly<Record<string, Doing>>
}

/** What the suites share. */
export interface Theatre {
  readonly dock: AnyDock
  readonly credentials: unknown
  readonly account: readonly Recording[]
  readonly refusals: readonly Recording[]
  /** A cycle's recordings; none where there is no such cycle. It counts as played. */
  cycle(name: string): readonly Recording[]
  /** The names of cycles that begin so. */
  named(prefix: string): string[]
}

/**
 * The promises that every dock keeps about what it makes and does, played through the engine. What is peculiar to a dock is
 * tested with what this gives back. A cycle that nobody played fails the file.
 */
export function provisioningConformance<Api>(
  dock: Dock<z.ZodType, Api>,
  { credentials, recordings, makes = {}, does = {} }: ProvisioningOptions,
) {
  const cycles = cyclesOf(recordings)
  const untold = new Set(cycles.keys())
  const theatre: Theatre = {
    dock,
    credentials,
    account: recordings.filter((recorded) => !isRefusal(recorded) && !isOfCycle(recorded)),
    refusals: recordings.filter(isRefusal),
    cycle(name) {
      untold.delete(name)
      return cycles.get(name) ?? []
    },
    named: (prefix) => [...cycles.keys()].filter((name) => name.startsWith(prefix)),
  }
  const stage = replay([])
  kindSuite(theatre, makes)
  actionSuite(theatre, does)
  afterAll(() => expect([...untold], "cycles that no test played").toEqual([]))

  return {
    stage,
    connect: async (): Promise<Api> => (await createTestbed({ dock, credentials })).connect(),

    /** Plays a cycle to the work: only the recording whose turn it is answers, and every one has its turn. */
    async during<Result>(name: string, work: (api: Api) => Promise<Result>): Promise<Result> {
      const { standIn, left } = inTurn(theatre.cycle(name))
      const { connect } = await createTestbed({ dock, credentials })
      const result = await stage.during(standIn, () => work(connect()))
      expect(left().map(({ file }) => file)).toEqual([])
      return result
    },

    kind(name: string): Provision<Api> {
      const found = dock.provision?.[name]
      if (!found) throw new Error(`There is no kind ${name}.`)
      return found
    },

    /** By table and name: `servers.restart`. */
    action(name: string): Action<Api> {
      const [table = "", key = ""] = name.split(".")
      const found = isResourceTable(table) ? dock.actions?.[table]?.[key] : undefined
      if (!found) throw new Error(`There is no action ${name}.`)
      return found
    },

    /** The row that a listing would make of an item. */
    rowOf(table: ResourceTableName, item: unknown, scope: Scope = { id: ACCOUNT_SCOPE }): ResourceRow {
      const resource = dock.sync[table]
      if (!resource) throw new Error(`There is no mapping of ${table}.`)
      const { rows } = itemReader(table, resource, scope, new Facts())(item)
      return { ...rows[0], scope: scope.id } as ResourceRow
    },
  }
}

/** What went wrong, to be looked at. */
export async function failureOf(work: Promise<unknown> | undefined): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return error
  }
  return undefined
}
