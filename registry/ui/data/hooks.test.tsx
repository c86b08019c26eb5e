// @vitest-environment happy-dom
import { act } from "react"
import { createRoot, type Root } from "react-dom/client"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { DataProvider, useRead } from "./hooks.tsx"
import { DataError, type DataPort } from "./port.ts"

function Mark() {
  useRead("providers", {})
  return null
}

describe("useRead", () => {
  let root: Root
  let asked = 0
  const port = {
    read: {
      providers: () => {
        asked++
        return Promise.reject(new DataError({ code: "denied", message: "Your role does not permit it." }))
      },
    },
    watch: () => () => {},
  } as unknown as DataPort // Nothing else of it is asked for.

  async function show(marks: number) {
    await act(async () =>
      root.render(
        <DataProvider port={port}>
          {["a", "b", "c", "d", "e"].slice(0, marks).map((name) => (
            <Mark key={name} />
          ))}
        </DataProvider>,
      ),
    )
    // Queries tell their observers in a task of their own.
    await act(async () => void (await vi.advanceTimersByTimeAsync(1)))
  }

  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true)
    asked = 0
    root = createRoot(document.createElement("div"))
  })
  afterEach(async () => {
    await act(async () => root.unmount())
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it("asks once for what is refused, however many come to show it", async () => {
    await show(1)
    await show(2)
    await show(5)
    expect(asked).toBe(1)
  })

  it("asks again for what was refused when somebody comes back to it", async () => {
    await show(1)
    await show(0)
    await show(1)
    expect(asked).toBe(2)
  })
})
