import type { OperatorFunctions, OrganizationFunctions, Stackdock } from "../engine/stackdock.ts"
import { Refusal } from "./problem.ts"
import type { SignedIn } from "./sign-in.ts"

/** Whoever sends a request, and what they can do. A route has nothing else to work with. */
export interface Caller {
  /** Tells their session from others. */
  readonly session: string
  readonly user: { id: string; name: string; email: string | null } | null
  readonly orgId: string
  readonly functions: OrganizationFunctions
  /** Null for everybody but whoever runs the process. */
  readonly operator: Pick<OperatorFunctions, "keyStatus" | "rotateKeys"> | null
  /** All that they belong to. */
  organizations(): Promise<{ id: string; name: string }[]>
}

export async function callerOf(
  stackdock: Stackdock,
  { session, who, orgId: wanted }: SignedIn,
  requestId: string,
): Promise<Caller> {
  if (who.kind === "process") {
    const { orgId, organization } = await stackdock.whoami()
    const organizations = async () => [{ id: orgId, name: organization }]
    return { session, user: null, orgId, functions: stackdock, operator: stackdock, organizations }
  }
  const { id, name, email } = who
  const organizations = async () =>
    (await stackdock.organizationsOf(id)).map(({ organization }) => ({
      id: organization.id,
      name: organization.name,
    }))
  const orgId = wanted ?? (await organizations())[0]?.id
  if (orgId === undefined) {
    throw new Refusal({
      code: "no_organization",
      status: 403,
      message: "You do not belong to an organisation.",
      suggestion: "Ask somebody who keeps the members of one to add you.",
    })
  }
  const functions = stackdock.as({ userId: id, orgId, requestId })
  return { session, user: { id, name, email }, orgId, functions, operator: null, organizations }
}
