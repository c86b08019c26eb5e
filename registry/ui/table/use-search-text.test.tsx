// @vitest-environment happy-dom
import { act } from "react"
import { createRoot, type Root } from "react-dom/client"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { type Navigation, NavigationProvider, type Search } from "../data/navigation.tsx"
import { useSearchText } from "./use-search-text.ts"

function Probe({ tell }: { tell(box: ReturnType<typeof useSearchText>): void }) {
  tell(useSearchText())
  return null
}

describe("the search box", () => {
  let root: Root
  let box: ReturnType<typeof useSearchText>
  let address: Search
  const written: (string | undefined)[] = []

  const draw = (search: Search) => {
    address = search
    const navigation: Navigation = {
      search,
      href: () => "",
      go: () => {},
      setSearch: ({ q, ...others }) => {
        written.push(q)
        draw(
          Object.fromEntries(
            Object.entries({ ...address, ...others, q }).filter(([, value]) => value),
          ) as Search,
        )
      },
    }
    root.render(
      <NavigationProvider value={navigation}>
        <Probe
          tell={(told) => {
            box = told
          }}
        />
      </NavigationProvider>,
    )
  }
  const type = (text: string) => act(async () => box.setText(text))
  const wait = (ms: number) => act(async () => vi.advanceTimersByTimeAsync(ms))

  beforeEach(async () => {
    vi.useFakeTimers()
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true)
    written.length = 0
    root = createRoot(document.createElement("div"))
    await act(async () => draw({ q: "first", status: "up" }))
    await wait(1000)
  })
  afterEach(async () => {
    await act(async () => root.unmount())
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it("begins with what the address says", () => {
    expect([box.text, box.asked]).toEqual(["first", "first"])
  })

  it("asks at the first key, and then so often as it can be followed", async () => {
    await type("w")
    expect(box.asked).toBe("w")
    await type("we")
    await type("web ")
    expect([box.text, box.asked]).toEqual(["web ", "w"])
    await wait(60)
    expect(box.asked).toBe("web")
  })

  it("changes the address once the typing rests, and leaves the rest of it alone", async () => {
    for (const text of ["w", "we", "web"]) {
      await type(text)
      await wait(100)
    }
    expect(written).toEqual([])
    await wait(300)
    expect(written).toEqual(["web"])
    expect(address).toEqual({ q: "web", status: "up" })
    expect(box.text).toBe("web")
  })

  it("takes the word out of the address when the box is emptied", async () => {
    await type("")
    await wait(300)
    expect(address).toEqual({ status: "up" })
  })

  it("follows the address where something else has changed it", async () => {
    await act(async () => draw({ q: "of a saved view" }))
    expect([box.text, box.asked]).toEqual(["of a saved view", "of a saved view"])
    await wait(1000)
    expect(written).toEqual([])
  })
})
