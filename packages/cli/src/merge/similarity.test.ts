import { describe, expect, test } from "vitest"
import { pairAlike, similarity } from "./similarity.ts"

const lines = (...numbers: number[]) => numbers.map((number) => `const value${number} = ${number}\n`).join("")

describe("similarity", () => {
  test("is whole for the same lines in whatever order and indentation, nothing for other lines", () => {
    expect(similarity(lines(1, 2, 3), lines(3, 1, 2).replaceAll("const", "  const"))).toBe(1)
    expect(similarity(lines(1, 2), lines(3, 4))).toBe(0)
    expect(similarity("", "")).toBe(0)
  })

  test("pairs what was lost with what is most alike, each once", () => {
    const lost = [
      { name: "a.ts", text: lines(1, 2, 3, 4) },
      { name: "b.ts", text: lines(5, 6, 7, 8) },
      { name: "c.ts", text: lines(20, 21) },
    ]
    const found = [
      { name: "one.ts", text: lines(5, 6, 7, 9) },
      { name: "two.ts", text: lines(1, 2, 3, 4, 5) },
      { name: "three.ts", text: lines(1, 2, 3) },
      { name: "four.json", text: lines(20, 21) },
    ]
    expect(pairAlike(lost, found)).toEqual(
      new Map([
        ["a.ts", "two.ts"],
        ["b.ts", "one.ts"],
      ]),
    )
  })
})
