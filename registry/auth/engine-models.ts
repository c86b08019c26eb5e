import type { CleanedWhere } from "better-auth/adapters"
import type { Stackdock } from "../engine/stackdock.ts"
import { matches } from "./conditions.ts"

type Row = Record<string, unknown>

/**
 * Organisations and members as better-auth's plugin sees them: what StackDock says of them now. There is no second list that
 * could say something else. They are changed through StackDock's functions alone, which check and record it.
 */
export function engineModels(stackdock: Stackdock) {
  async function organizations(): Promise<Row[]> {
    return (await stackdock.organizations()).map(({ id, name, slug, createdAt }) => ({
      id,
      name,
      slug,
      logo: null,
      metadata: null,
      createdAt,
    }))
  }

  async function members(where: readonly CleanedWhere[]): Promise<Row[]> {
    const named = askedFor(where, "organizationId")
    const user = askedFor(where, "userId")
    const ids =
      named !== undefined
        ? [named]
        : user !== undefined
          ? (await stackdock.organizationsOf(user)).map(({ organization }) => organization.id)
          : (await stackdock.organizations()).map(({ id }) => id)
    const found: Row[] = []
    for (const orgId of ids) {
      for (const { id, userId, role, createdAt } of await stackdock.asSystem({ orgId }).listMembers()) {
        found.push({ id, organizationId: orgId, userId, role, createdAt })
      }
    }
    return found
  }

  return {
    /** Undefined for a model that is not StackDock's. */
    async find(model: string, where: readonly CleanedWhere[] = []): Promise<Row[] | undefined> {
      if (model === "organization") return (await organizations()).filter((row) => matches(row, where))
      if (model === "member") return (await members(where)).filter((row) => matches(row, where))
      return undefined
    },
  }
}

function askedFor(where: readonly CleanedWhere[], field: string): string | undefined {
  const condition = where.find((one) => one.field === field && one.operator === "eq")
  return typeof condition?.value === "string" ? condition.value : undefined
}
