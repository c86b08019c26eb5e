import { describe, expect, it } from "vitest"
import { readItem } from "../../core/item.ts"
import { ACCOUNT_SCOPE, type Resource, type Scope } from "../../core/resource.ts"
import { toldColumns } from "../compare.ts"
import type { Subject } from "../conformance.ts"
import { FAKE_SECRET } from "../scan.ts"
import { troubles } from "./plot.ts"

export function syncSuite({ dock, tables, rows: expected, testbed }: Subject): void {
  describe("sync", () => {
    it("reads every list to its end and fills every table that the dock declares", async () => {
      const { sync, rows } = await testbed()
      expect(troubles(await sync())).toEqual([])
      for (const [table, found] of await rows()) expect(found.size, table).toBeGreaterThan(0)
    })

    it("has its expected rows written down for each table, and for no other", () => {
      expect(Object.keys(expected).sort()).toEqual([...tables].sort())
    })

    it.each(tables)("makes the expected rows of %s from what was recorded", async (table) => {
      const { sync, rows } = await testbed()
      await sync([table])
      const found = (await rows()).get(table)?.values() ?? []
      expect(inOrder([...found].map((row) => toldColumns(table, row)))).toEqual(
        inOrder(expected[table] ?? []),
      )
    })

    it.each(tables)("gives each row of %s an id of its own", async (table) => {
      const { connect } = await testbed()
      const ids = await mappedIds(dock.sync[table], connect())
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    })

    it("changes nothing when nothing has changed", async () => {
      const { sync } = await testbed()
      await sync()
      const { scopes } = await sync()
      expect(scopes.filter(({ inserted, updated, deleted }) => inserted + updated + deleted > 0)).toEqual([])
    })

    it("lets no secret into a row or a report", async () => {
      const { sync, rows } = await testbed()
      const report = await sync()
      const kept = [...(await rows()).values()].flatMap((found) => [...found.values()])
      expect(JSON.stringify([report, kept])).not.toContain(FAKE_SECRET)
    })
  })
}

function inOrder(rows: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  return [...rows].sort((a, b) =>
    String(a["providerResourceId"]).localeCompare(String(b["providerResourceId"])),
  )
}

/** Without a store, which would make one row of two that share an id. */
async function mappedIds(resource: Resource | undefined, api: unknown): Promise<string[]> {
  if (!resource) return []
  const scopes: Scope[] = []
  if (!resource.scopes) scopes.push({ id: ACCOUNT_SCOPE })
  else for await (const page of resource.scopes(api)) scopes.push(...page.items)

  const ids: string[] = []
  for (const scope of scopes) {
    for await (const page of resource.list(api, scope)) {
      for (const raw of page.items) {
        const read = readItem(resource.wire, raw)
        if ("item" in read) {
          ids.push(...[resource.map(read.item, scope)].flat().map((row) => row.providerResourceId))
        }
      }
    }
  }
  return ids
}
