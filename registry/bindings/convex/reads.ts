import type { Reads, SentProvisionReport, Session } from "../../ui/data/port.ts"
import { DataError } from "../../ui/data/port.ts"
import type { AnswerOf, StackdockApi } from "./functions.ts"
import type { Live } from "./live.ts"
import type { ResourcePages } from "./resource-pages.ts"

export interface Asking {
  live: Live
  api: StackdockApi
  orgId: string
  pages: ResourcePages
  user: Session["user"]
}

/** Questions, as the deployment's queries take them. */
export function createReads({ live, api, orgId, pages, user }: Asking): Reads {
  const ofOrg = { orgId }
  return {
    async session() {
      const [whoami, organizations] = await Promise.all([
        live.ask("session", api.whoami, ofOrg),
        live.ask("session", api.organizations, {}),
      ])
      return { ...whoami, user, organizations: organizations.map(({ id, name }) => ({ id, name })) }
    },
    counts: () => live.ask("counts", api.dashboard, ofOrg),
    changes: (request) => live.ask("changes", api.changes, { ...ofOrg, ...told(request) }),
    runs: (request) => live.ask("runs", api.runs, { ...ofOrg, ...told(request) }),
    providers: () => live.ask("providers", api.providers, ofOrg),
    docks: () => live.ask("docks", api.docks, ofOrg),
    resources: (request) => pages.page(request),
    async resource({ id }) {
      const { history, ...view } = await live.ask("resource", api.resource, { ...ofOrg, id })
      // What was shown once is not on record.
      const provisionings = history.provisionings.map((report) => ({ ...readReport(report), shows: [] }))
      return { ...view, history: { ...history, provisionings } }
    },
    async resourceData({ id }) {
      return JSON.parse(await live.ask("resourceData", api.resourceData, { ...ofOrg, id }))
    },
    async provisionings({ dock, limit }) {
      const asked = { ...ofOrg, ...told({ dock }), paginationOpts: newest(limit ?? 50) }
      const { page } = await live.ask("provisionings", api.provisionings, asked)
      return page.map(readReport)
    },
    provisioning: async ({ id }) =>
      readReport(await live.ask("provisioning", api.getProvisionStatus, { ...ofOrg, id })),
    async audit({ after, limit, ...filter }) {
      const paginationOpts = { cursor: after ?? null, numItems: limit ?? 100 }
      const { page, isDone, continueCursor } = await live.ask("audit", api.auditLog, {
        ...ofOrg,
        ...told(filter),
        paginationOpts,
      })
      return { entries: page, next: isDone ? null : continueCursor }
    },
    async members() {
      const members = await live.ask("members", api.members, ofOrg)
      return members.map((member) => ({ ...member, name: null, email: null }))
    },
    async keys() {
      throw new DataError({
        code: "not_here",
        message: "The keys of a Convex deployment are in its environment, and not shown here.",
        suggestion: "npx stackdock keys next",
      })
    },
  }
}

/** What is left out is not asked about: to Convex, `undefined` is no value. */
export function told<Fields extends object>(fields: Fields): Told<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Told<Fields>
}
type Told<Fields> = { [Name in keyof Fields]: Exclude<Fields[Name], undefined> }

/** The newest come first. */
export function newest(numItems: number): { cursor: null; numItems: number } {
  return { cursor: null, numItems }
}

/** The input of a report is sent as JSON text. */
export function readReport(report: AnswerOf<StackdockApi["getProvisionStatus"]>): SentProvisionReport {
  return { ...report, input: JSON.parse(report.input) }
}
