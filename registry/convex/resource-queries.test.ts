// @vitest-environment edge-runtime
import { expect, it } from "vitest"
import { acme } from "../engine/two-organizations.fixture.ts"
import type { DockRow } from "../schema/docks.ts"
import { deployment } from "./deployment.fixture.ts"

const now = "2026-03-01T12:00:00.000Z"

it("finds what no other row is like without reading the others, whatever the filter", async () => {
  const here = await deployment({ docks: [acme] })
  const { id: orgId } = await here.run("createOrganization", { name: "First", slug: "first", owner: "ada" })
  const { docks, rows, audit } = here.store
  const put = (dock: DockRow, name: string, status: "running" | "stopped") => {
    const place = { orgId, dockId: dock.id, provider: dock.provider, scope: "account" }
    const row = {
      providerResourceId: name,
      name,
      status,
      providerStatus: null,
      providerUrl: null,
      contentHash: "1",
      fullApiData: {},
    }
    return rows.put("servers", { ...place, row }, {}, now)
  }
  const [first, second, third] = [
    dockOf(orgId, "first", "acme"),
    dockOf(orgId, "second", "acme"),
    dockOf(orgId, "third", "rare"),
  ]
  for (const dock of [first, second, third]) await docks.insert(dock)
  for (const name of ["a", "b", "c"]) await put(first, name, "running")
  await put(first, "x", "stopped")
  await put(second, "y", "stopped")
  await put(third, "d", "running")
  await put(third, "z", "stopped")

  const namesOf = async (filter: Record<string, unknown>, found: number) => {
    const paginationOpts = { cursor: null, numItems: 10, maximumRowsRead: found }
    const args = { orgId, table: "servers", ...filter, paginationOpts }
    const { page }: { page: { name: string }[] } = await here.as("ada").query("resources", args)
    return page.map(({ name }) => name)
  }
  expect(await namesOf({ status: "stopped" }, 3)).toEqual(["x", "y", "z"])
  expect(await namesOf({ dock: "first", status: "stopped" }, 1)).toEqual(["x"])
  expect(await namesOf({ provider: "acme", status: "stopped" }, 2)).toEqual(["x", "y"])
  expect(await namesOf({ provider: "rare", status: "stopped" }, 1)).toEqual(["z"])
  expect(await namesOf({ dock: "third", provider: "rare" }, 2)).toEqual(["d", "z"])
  expect(await namesOf({ dock: "third", provider: "rare", status: "stopped" }, 1)).toEqual(["z"])
  expect(await namesOf({ dock: "first", provider: "rare" }, 10)).toEqual([])
  expect(await namesOf({ dock: "first", text: "x", status: "stopped" }, 10)).toEqual(["x"])

  const entry = { orgId, action: "x", targetTable: null, targetId: null, requestId: "r", errorCode: null }
  const entries = (["denied", "succeeded", "succeeded"] as const).map((result, index) => ({
    ...entry,
    id: `entry-${index}`,
    actor: "user:eve",
    result,
    at: `2026-03-01T12:00:0${index}.000Z`,
  }))
  await audit.append(entries)
  const paginationOpts = { cursor: null, numItems: 10, maximumRowsRead: 1 }
  const asked = { orgId, actor: "user:eve", result: "denied", paginationOpts }
  expect((await here.as("ada").query("auditLog", asked)).page).toMatchObject([{ id: "entry-0" }])
})

function dockOf(orgId: string, id: string, provider: string): DockRow {
  return {
    id,
    orgId,
    provider,
    name: id,
    accountId: null,
    accountName: null,
    status: "connected",
    credentials: null,
    lastError: null,
    lastSyncedAt: null,
    syncIntervalMinutes: null,
    leaseHolder: null,
    leaseExpiresAt: null,
    createdAt: now,
    updatedAt: now,
  }
}
