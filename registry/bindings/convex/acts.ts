import type { FunctionReference } from "convex/server"
import { type Acts, DataError, type Progress } from "../../ui/data/port.ts"
import type { AnswerOf, ArgsOf, ConvexClient, StackdockApi } from "./functions.ts"
import { newest, readReport, told } from "./reads.ts"
import { orToldError } from "./told-error.ts"

export interface Acting {
  client: ConvexClient
  api: StackdockApi
  orgId: string
  signOut: (() => Promise<void>) | undefined
  /** Tells of what an action has answered after its page was told that it had begun. */
  tell(progress: Progress): void
}

/** Deeds, as the deployment's actions take them. Their arguments are kept nowhere. */
export function createActs({ client, api, orgId, signOut, tell }: Acting): Acts {
  const run = <Action extends FunctionReference<"action">>(
    action: Action,
    args: ArgsOf<Action>,
  ): Promise<AnswerOf<Action>> => orToldError(client.action(action, args))
  return {
    connect: (request) => run(api.connect, { orgId, ...told(request) }),
    rotateCredential: (request) => run(api.rotateCredential, { orgId, ...request }),
    disconnect: (request) => run(api.disconnect, { orgId, ...request }),
    setSyncInterval: (request) => run(api.setSyncInterval, { orgId, ...request }),
    async sync({ docks, ...request }) {
      await run(api.sync, { orgId, ...told({ ...request, docks: docks && [...docks] }) })
    },
    rehearse: async (operation) => JSON.parse(await run(api.rehearse, { orgId, operation: told(operation) })),
    async provision(request) {
      const done = run(api.provision, { orgId, ...request }).then(readReport)
      const begun = await whenWritten(request.idempotencyKey, done)
      if (begun.shows.length === 0) {
        // The action goes on. What went wrong is in its report; what is shown once is in its answer alone.
        done.then(
          ({ id, shows }) =>
            shows.length > 0 && tell({ of: "provisioning", event: { type: "shown", id, shows } }),
          () => {},
        )
      }
      return begun
    },
    deprovision: async (request) => readReport(await run(api.deprovision, { orgId, ...request })),
    async resume({ id, decision }) {
      const [report] = await run(api.resume, { orgId, ...told({ id, decision }) })
      return readReport(report ?? (await orToldError(client.query(api.getProvisionStatus, { orgId, id }))))
    },
    act: (request) => run(api.act, { orgId, ...told(request) }),
    setMember: (request) => run(api.setMember, { orgId, ...request }),
    async removeMember({ userId }) {
      await run(api.removeMember, { orgId, userId })
    },
    async rotateKeys() {
      throw new DataError({
        code: "not_here",
        message: "The keys of a Convex deployment are in its environment.",
        suggestion: "npx stackdock keys next",
      })
    },
    async signOut() {
      await signOut?.()
    },
  }

  /** The report as soon as its intent is there, or as the action ends: whichever comes first. */
  async function whenWritten(idempotencyKey: string, done: ReturnType<Acts["provision"]>) {
    const recent = client.watchQuery(api.provisionings, { orgId, paginationOpts: newest(20) })
    let stop = () => {}
    const written = new Promise<Awaited<typeof done>>((resolve) => {
      stop = recent.onUpdate(() => {
        const report = intentIn(() => recent.localQueryResult(), idempotencyKey)
        if (report) resolve(readReport(report))
      })
    })
    try {
      return await Promise.race([written, done])
    } finally {
      stop()
    }
  }
}

type Sent = AnswerOf<StackdockApi["getProvisionStatus"]>

/** What cannot be read is not there yet, and the action tells why. */
function intentIn(read: () => { page: Sent[] } | undefined, idempotencyKey: string): Sent | undefined {
  try {
    return read()?.page.find((report) => report.idempotencyKey === idempotencyKey)
  } catch {
    return undefined
  }
}
