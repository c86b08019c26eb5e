import { beforeAll, describe, expect, it } from "vitest"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { rolesWith } from "./permissions.ts"
import { createWorld, customRoles } from "./two-organizations.fixture.ts"

const roles = rolesWith(customRoles)

let keys: string
beforeAll(async () => {
  keys = formatKeyset({ primary: await generateKey(), older: [] })
})

describe("memberships", () => {
  it("count as they are at the moment of the call", async () => {
    const { stackdock } = await createWorld({ keys, role: "developer", neighbour: false })
    const ada = stackdock.as({ userId: "ada", orgId: "org-a" })
    await ada.sync()
    await stackdock.setMember({ userId: "ada", role: "client" })
    await expect(ada.sync()).rejects.toMatchObject({ code: "denied" })
    await stackdock.removeMember("ada")
    await expect(ada.listDocks()).rejects.toMatchObject({ code: "denied" })
  })

  it("give and take no more than their own, whoever has them", async () => {
    const all = Object.keys(roles)
    const mayGive: Record<string, string[]> = {
      owner: all,
      admin: all.filter((role) => role !== "owner"),
      steward: ["steward", "auditor", "nothing"],
    }
    for (const mine of all) {
      for (const theirs of all) {
        const { stackdock, store } = await createWorld({ keys, role: mine, neighbour: false })
        await stackdock.setMember({ userId: "bob", role: theirs })
        const ada = stackdock.as({ userId: "ada", orgId: "org-a" })
        const allowed = mayGive[mine]?.includes(theirs) ?? false
        const settled = await Promise.allSettled([
          ada.setMember({ userId: "carol", role: theirs }),
          ada.setMember({ userId: "bob", role: "nothing" }),
        ])
        const wanted = allowed ? "fulfilled" : "rejected"
        expect(
          settled.map(({ status }) => status),
          `${mine} over ${theirs}`,
        ).toEqual([wanted, wanted])
        const bob = await store.organizations.membership("org-a", "bob")
        expect(bob?.role).toBe(allowed ? "nothing" : theirs)
        expect(await store.organizations.membership("org-a", "carol")).toEqual(
          allowed ? expect.objectContaining({ role: theirs }) : undefined,
        )
      }
    }
  })

  it("always leave an owner", async () => {
    const { stackdock } = await createWorld({ keys, role: "admin", neighbour: false })
    const owner = stackdock.as({ userId: "owner-of-a", orgId: "org-a" })
    await expect(owner.removeMember("owner-of-a")).rejects.toMatchObject({ code: "last_owner" })
    await expect(owner.setMember({ userId: "owner-of-a", role: "admin" })).rejects.toMatchObject({
      code: "last_owner",
    })
    await owner.setMember({ userId: "ada", role: "owner" })
    await owner.removeMember("owner-of-a")
    expect((await stackdock.listMembers()).filter(({ role }) => role === "owner")).toMatchObject([
      { userId: "ada" },
    ])
  })

  it("are of somebody: an empty user id is refused, and is nobody", async () => {
    const { stackdock } = await createWorld({ keys, role: undefined, neighbour: false })
    for (const userId of ["", " "]) {
      await expect(stackdock.setMember({ userId, role: "client" })).rejects.toMatchObject({
        code: "invalid_member",
      })
      await expect(
        stackdock.createOrganization({ name: "O", slug: "o", owner: userId }),
      ).rejects.toMatchObject({
        code: "invalid_member",
      })
      await expect(stackdock.as({ userId, orgId: "org-a" }).listDocks()).rejects.toMatchObject({
        code: "denied",
      })
    }
  })

  it("come with a new organisation, whose slug is its own", async () => {
    const { stackdock } = await createWorld({ keys, role: undefined, neighbour: false })
    const { id } = await stackdock.createOrganization({ name: "Studio", slug: "studio", owner: "bob" })
    expect(await stackdock.organizationsOf("bob")).toMatchObject([
      { organization: { id, name: "Studio" }, role: "owner" },
    ])
    expect(await stackdock.as({ userId: "bob", orgId: id }).listDocks()).toEqual([])
    await expect(stackdock.as({ userId: "bob", orgId: "org-a" }).listDocks()).rejects.toMatchObject({
      code: "denied",
    })
    const again = stackdock.createOrganization({ name: "Other", slug: "studio", owner: "eve" })
    await expect(again).rejects.toMatchObject({ code: "name_taken" })
    expect(await stackdock.organizationsOf("eve")).toEqual([])
    expect((await stackdock.organizations()).map(({ name }) => name)).toEqual(["Studio", "org-a"])
  })
})
