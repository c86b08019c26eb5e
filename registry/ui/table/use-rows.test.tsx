// @vitest-environment happy-dom
import { act } from "react"
import { createRoot, type Root } from "react-dom/client"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import type { ListedResource, PageRequest, ResourcePage } from "../../engine/reading.ts"
import { DataProvider } from "../data/hooks.tsx"
import { DataError, type DataPort } from "../data/port.ts"
import { type RowsRequest, useRows } from "./use-rows.ts"

/** A table of fifty thousand rows, whose answers come when the test lets them. */
class Table {
  readonly asked: PageRequest[] = []
  readonly #waiting: (() => void)[] = []
  total = 50_000
  failure: DataError | undefined
  changed = () => {}

  readonly port = {
    read: {
      resources: (request: PageRequest) => {
        this.asked.push(request)
        return new Promise<ResourcePage>((resolve, reject) => {
          this.#waiting.push(() => (this.failure ? reject(this.failure) : resolve(this.#page(request))))
        })
      },
    },
    watch: (_: string, __: unknown, changed: () => void) => {
      this.changed = changed
      return () => {}
    },
  } as unknown as DataPort // Nothing else of it is asked for.

  #page({ offset = 0, limit = 100, filter }: PageRequest): ResourcePage {
    const count = Math.max(0, Math.min(limit, this.total - offset))
    const name = filter?.text ?? "server"
    const rows = Array.from({ length: count }, (_, n) => ({ id: `${name}-${offset + n}` }) as ListedResource)
    return { rows, total: this.total }
  }

  async answer() {
    await act(async () => {
      for (const settle of this.#waiting.splice(0)) settle()
      // Queries tell their observers in a task of their own.
      await vi.advanceTimersByTimeAsync(1)
    })
  }

  offsets(): number[] {
    return this.asked.splice(0).map(({ offset = 0 }) => offset)
  }
}

function Probe({ request, tell }: { request: RowsRequest; tell(rows: ReturnType<typeof useRows>): void }) {
  tell(useRows(request))
  return null
}

describe("useRows", () => {
  let table: Table
  let root: Root
  let rows: ReturnType<typeof useRows>

  const show = (text?: string) =>
    act(async () =>
      root.render(
        <DataProvider port={table.port}>
          <Probe
            request={{ table: "servers", ...(text ? { filter: { text } } : {}) }}
            tell={(told) => {
              rows = told
            }}
          />
        </DataProvider>,
      ),
    )
  const see = (first: number, last: number, ms = 0) =>
    act(async () => {
      rows.see(first, last)
      await vi.advanceTimersByTimeAsync(ms)
    })
  const rowAt = (place: number) => rows.rows[rows.places.indexOf(place)]?.id

  beforeEach(async () => {
    vi.useFakeTimers()
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true)
    table = new Table()
    root = createRoot(document.createElement("div"))
    await show()
  })
  afterEach(async () => {
    await act(async () => root.unmount())
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it("asks for what is in view, and then for what comes next", async () => {
    expect(table.offsets()).toEqual([0])
    expect(rows.total).toBeUndefined()
    await table.answer()
    expect(rows.total).toBe(50_000)
    expect(rowAt(7)).toBe("server-7")
    expect(table.offsets()).toEqual([100])
  })

  it("shows at once what was asked for ahead, each row at its own place", async () => {
    await table.answer()
    await table.answer()
    await see(90, 120)
    expect([rowAt(99), rowAt(100), rowAt(120)]).toEqual(["server-99", "server-100", "server-120"])
  })

  it("asks for nothing that a dragged scrollbar only passes", async () => {
    await table.answer()
    await table.answer()
    table.offsets()
    for (const first of [4000, 9000, 20_000, 31_000]) await see(first, first + 30, 20)
    expect(table.offsets()).toEqual([])
    await see(31_005, 31_035, 100)
    expect(table.offsets()).toEqual([31_000])
    await table.answer()
    expect(rowAt(31_010)).toBe("server-31010")
    expect(rowAt(7)).toBeUndefined()
  })

  it("keeps the rows of the question before until another has its answer", async () => {
    await table.answer()
    await show("web")
    expect([rowAt(0), rows.total, rows.isOld]).toEqual(["server-0", 50_000, true])
    table.total = 3
    await table.answer()
    expect([rowAt(0), rows.total, rows.isOld]).toEqual(["web-0", 3, false])
  })

  it("begins another question at its first row, wherever the view was", async () => {
    await table.answer()
    await see(700, 730, 100)
    await table.answer()
    table.offsets()
    await show("web")
    expect(table.offsets()).toEqual([0])
  })

  it("asks again when something changed, and shows what is there until it is known", async () => {
    await table.answer()
    await table.answer()
    table.offsets()
    table.total = 49_999
    await act(async () => table.changed())
    expect(table.offsets()).toEqual([0])
    expect([rowAt(0), rows.total]).toEqual(["server-0", 50_000])
    await table.answer()
    expect(rows.total).toBe(49_999)
  })

  it("says why there is nothing, and asks again when it is told to", async () => {
    table.failure = new DataError({ code: "denied", message: "This needs a permission." })
    await table.answer()
    expect([rows.error?.code, rows.total]).toEqual(["denied", undefined])
    table.failure = undefined
    await act(async () => rows.retry())
    await table.answer()
    expect([rows.error, rows.total]).toEqual([null, 50_000])
  })
})
