import { beforeAll, describe, expect, it } from "vitest"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { allows, type Grants, grantsOf, rolesWith } from "./permissions.ts"
import { allCalls, auditOf, contentOf, neededFor, outcomeOf } from "./public-calls.fixture.ts"
import { operatorFunctions, organizationFunctions } from "./public-functions.ts"
import { createWorld, customRoles } from "./two-organizations.fixture.ts"

const roles = rolesWith(customRoles)
/** Undefined is somebody who is no member; "removed" is a role that the project no longer defines. */
const everyRole = [...Object.keys(roles), undefined]

let keys: string
beforeAll(async () => {
  keys = formatKeyset({ primary: await generateKey(), older: [] })
})

describe("the public functions", () => {
  it("all name the permission they need", async () => {
    const { stackdock } = await createWorld({ keys, role: undefined, neighbour: false })
    /** Say only what stands in the project's source, or end everything. */
    const facts = ["docks", "tables", "credentialFields", "operations", "as", "asSystem", "close"]
    const own = Object.keys(organizationFunctions)
    const operators = Object.keys(operatorFunctions)
    expect(Object.keys(stackdock).sort()).toEqual([...facts, ...own, ...operators].sort())
    for (const bound of [stackdock.as({ userId: "ada", orgId: "org-a" }), stackdock.asSystem()]) {
      expect(Object.keys(bound).sort()).toEqual([...own].sort())
    }
    for (const call of allCalls) expect(neededFor(call), call.title).toMatch(/^[a-z]+:(read|full)$/)
    expect(new Set(allCalls.map(({ name }) => name))).toEqual(new Set(own))
    for (const [name, { needs }] of Object.entries(operatorFunctions)) {
      expect(needs, name).toMatch(/^operator:(read|full)$/)
    }
  })

  it("need `full` for whatever changes something", () => {
    const reading = allCalls.filter((call) => neededFor(call).endsWith(":read")).map(({ name }) => name)
    expect(new Set(reading)).toEqual(
      new Set([
        "listDocks",
        "resources",
        "rehearse",
        "provisionings",
        "listMembers",
        "auditLog",
        "whoami",
        "resourcePage",
        "resource",
        "counts",
        "changes",
        "runs",
        "dockStatuses",
        "providers",
        "provisioning",
        "auditPage",
      ]),
    )
    const unrecorded = Object.entries(organizationFunctions).filter(([, definition]) => {
      return "isReading" in definition && definition.isReading
    })
    expect(unrecorded.map(([name]) => name)).toEqual(["resourceData"])
  })
})

describe.each(everyRole)("with the role %s", (role) => {
  const grants: Grants = role === undefined ? {} : grantsOf(roles, role)
  const user = { userId: "ada", orgId: "org-a" }

  it.each(allCalls)("$title: tells and changes nothing of another organisation", async (call) => {
    const alone = await createWorld({ keys, role, neighbour: false })
    const beside = await createWorld({ keys, role, neighbour: true })
    const neighbourBefore = await contentOf(beside, "org-b-of-b")
    const ownBefore = await contentOf(beside, "org-a")
    const [first, second] = [await outcomeOf(alone, user, call), await outcomeOf(beside, user, call)]

    // Whatever is said is the same in a world where the other organisation does not exist.
    expect(second).toEqual(first)
    expect(await contentOf(beside, "org-b-of-b")).toEqual(neighbourBefore)
    const needed = neededFor(call)
    if (needed === "member:read" ? role !== undefined : allows(grants, needed)) {
      // The one rule that goes by what is given, and not by the function.
      if (call.name !== "setMember" && call.name !== "removeMember") expect(second.code).not.toBe("denied")
      return
    }
    expect(second.code).toBe("denied")
    expect(await contentOf(beside, "org-a")).toEqual(ownBefore)
    const [entry] = await auditOf(beside, "org-a")
    expect(entry).toMatchObject({ actor: "user:ada", action: call.name, result: "denied" })
  })
})

it.each(allCalls)(
  "$title: is the same for an organisation that is not yours and one that is not",
  async (call) => {
    const world = await createWorld({ keys, role: "owner", neighbour: true })
    const before = await contentOf(world, "org-b-of-b")
    const stranger = "owner-of-a"
    const notYours = await outcomeOf(world, { userId: stranger, orgId: "org-b-of-b" }, call)
    const notThere = await outcomeOf(world, { userId: stranger, orgId: "org-nowhere" }, call)
    expect(notYours).toEqual(notThere)
    expect(notYours).toMatchObject({ code: "denied", result: undefined })
    expect(await contentOf(world, "org-b-of-b")).toEqual(before)
    expect(await auditOf(world, "org-nowhere")).toEqual([])
    expect((await auditOf(world, "org-b-of-b"))[0]).toMatchObject({
      actor: "user:owner-of-a",
      result: "denied",
    })
  },
)
