import { expect, test } from "vitest"
import { areas, type Grants, grantsOf, standardRoles } from "../../../engine/permissions.ts"
import type { Session } from "../../data/port.ts"
import { givable } from "./givable.ts"

const complete = (grants: Grants) =>
  Object.fromEntries(areas.map((area) => [area, grants[area] ?? "none"])) as Session["grants"]
const roles: Session["roles"] = Object.fromEntries(
  Object.entries(standardRoles).map(([name, grants]) => [name, complete(grants)]),
)
const as = (role: string | null) => ({
  role,
  roles,
  grants: complete(grantsOf(standardRoles, role ?? "owner")),
})

test("an owner, and whoever runs the process, can give every role", () => {
  expect(givable(as("owner"))).toEqual(["owner", "admin", "developer", "support", "client"])
  expect(givable(as(null))).toEqual(givable(as("owner")))
})

test("only owners make owners", () => {
  expect(givable(as("admin"))).toEqual(["admin", "developer", "support", "client"])
})

test("nobody can give more than they have", () => {
  expect(givable(as("support"))).toEqual(["support", "client"])
  expect(givable(as("client"))).toEqual(["client"])
})
