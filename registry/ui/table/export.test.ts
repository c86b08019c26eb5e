import { describe, expect, it } from "vitest"
import type { ListedResource, PageRequest } from "../../engine/reading.ts"
import { fileOf, readAll } from "./export.ts"

const rowsNamed = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `servers_${n}`, name: `server ${n}` }) as ListedResource)

function pagesOf(rows: ListedResource[]) {
  const asked: PageRequest[] = []
  const read = async (request: PageRequest) => {
    asked.push(request)
    const { offset = 0, limit = 100 } = request
    return { rows: rows.slice(offset, offset + limit), total: rows.length }
  }
  return { asked, read }
}

describe("an export", () => {
  it("reads everything that the filter lets through, and tells how far it is", async () => {
    const { asked, read } = pagesOf(rowsNamed(1201))
    const told: number[] = []
    const request = { table: "servers" as const, filter: { text: "web" } }
    const rows = await readAll(read, request, {
      signal: new AbortController().signal,
      onProgress: ({ done }) => told.push(done),
    })
    expect(rows).toHaveLength(1201)
    expect(told).toEqual([500, 1000, 1201])
    expect(asked.map(({ offset, filter }) => [offset, filter?.text])).toEqual([
      [0, "web"],
      [500, "web"],
      [1000, "web"],
    ])
  })

  it("has a row once that moved to a later page meanwhile", async () => {
    const rows = rowsNamed(700)
    const read = async ({ offset = 0 }: PageRequest) => {
      if (offset > 0) rows.unshift({ id: "new", name: "new" } as ListedResource)
      return { rows: rows.slice(offset, offset + 500), total: rows.length }
    }
    const all = await readAll(
      read,
      { table: "servers" },
      { signal: new AbortController().signal, onProgress() {} },
    )
    expect(all.filter(({ id }) => id === "servers_499")).toHaveLength(1)
    expect(all).toHaveLength(700)
  })

  it("stops when it is cancelled", async () => {
    const controller = new AbortController()
    const { asked, read } = pagesOf(rowsNamed(5000))
    const reading = readAll(
      read,
      { table: "servers" },
      {
        signal: controller.signal,
        onProgress: () => controller.abort(),
      },
    )
    await expect(reading).rejects.toThrow("aborted")
    expect(asked).toHaveLength(2)
  })

  it("comes as the columns of the table, or as rows whole", () => {
    const columns = [{ title: "Name", value: (row: ListedResource) => row.name }]
    expect(fileOf("csv", rowsNamed(1), columns).text).toBe("\uFEFFName\r\nserver 0\r\n")
    expect(JSON.parse(fileOf("json", rowsNamed(1), columns).text)).toEqual(rowsNamed(1))
  })
})
