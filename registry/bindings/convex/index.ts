import type { FunctionReference } from "convex/server"
import type { DataPort, Progress, ReadName, Reads, Session } from "../../ui/data/port.ts"
import { createActs } from "./acts.ts"
import type { ConvexClient, StackdockApi } from "./functions.ts"
import { Live } from "./live.ts"
import { watchSyncs } from "./progress.ts"
import { createReads, newest, told } from "./reads.ts"
import { ResourcePages } from "./resource-pages.ts"

export interface ConvexPortOptions {
  /** The `ConvexReactClient` of the app. */
  client: ConvexClient
  /** `api.stackdock`, as Convex generates it. */
  api: StackdockApi
  orgId: string
  /** Who is signed in, as the app's own sign-in knows them. */
  user?: Session["user"]
  /** Of the app's own sign-in. */
  signOut?: () => Promise<void>
}

/** The data port over a Convex deployment. */
export function createConvexPort({ client, api, orgId, user = null, signOut }: ConvexPortOptions): DataPort {
  const live = new Live(client)
  const pages = new ResourcePages(live, api, orgId)
  const listeners = new Set<(progress: Progress) => void>()
  const tell = (progress: Progress) => {
    for (const listener of listeners) listener(progress)
  }
  let stopWatching = () => {}
  return {
    read: createReads({ live, api, orgId, pages, user }),
    act: createActs({ client, api, orgId, signOut, tell }),
    abilities: { sortsByAnyColumn: false, managesKeys: false, signsOut: signOut !== undefined },
    watch(name, request, changed) {
      const watched: Watched = { name, request } as Watched
      if (watched.name === "resources") return pages.watch(watched.request, changed)
      const stops = questionsOf(watched).map(([query, args]) => live.watch(name, query, args, changed))
      return () => {
        for (const stop of stops) stop()
      }
    },
    follow(listener) {
      if (listeners.size === 0) stopWatching = watchSyncs(client, api, orgId, tell)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) stopWatching()
      }
    },
  }

  /** The queries, with the arguments that reading gives them, whose answers are the answer. */
  function questionsOf(watched: Watched): [FunctionReference<"query">, Record<string, unknown>][] {
    const ofOrg = { orgId }
    switch (watched.name) {
      case "session":
        return [
          [api.whoami, ofOrg],
          [api.organizations, {}],
        ]
      case "counts":
        return [[api.dashboard, ofOrg]]
      case "changes":
        return [[api.changes, { ...ofOrg, ...told(watched.request) }]]
      case "runs":
        return [[api.runs, { ...ofOrg, ...told(watched.request) }]]
      case "providers":
        return [[api.providers, ofOrg]]
      case "docks":
        return [[api.docks, ofOrg]]
      case "resource":
        return [[api.resource, { ...ofOrg, ...watched.request }]]
      case "resourceData":
        return [[api.resourceData, { ...ofOrg, ...watched.request }]]
      case "provisionings": {
        const { dock, limit = 50 } = watched.request
        return [[api.provisionings, { ...ofOrg, ...told({ dock }), paginationOpts: newest(limit) }]]
      }
      case "provisioning":
        return [[api.getProvisionStatus, { ...ofOrg, ...watched.request }]]
      case "audit": {
        const { after, limit = 100, ...filter } = watched.request
        const paginationOpts = { cursor: after ?? null, numItems: limit }
        return [[api.auditLog, { ...ofOrg, ...told(filter), paginationOpts }]]
      }
      case "members":
        return [[api.members, ofOrg]]
      default:
        return []
    }
  }
}

/** A question by its name, so that the name tells the request. */
type Watched = { [Name in ReadName]: { name: Name; request: Parameters<Reads[Name]>[0] } }[ReadName]
