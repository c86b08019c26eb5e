import { expect, it } from "vitest"
import { mutations } from "./mutate.ts"

const body = { data: [{ id: 7, name: "a", on: true, note: null }], next: "2" }
const all = [...mutations(body)]
const named = (name: string) => all.find((mutation) => mutation.name === name)?.body

it("changes each field in each way, one at a time", () => {
  expect(named("data[0].name dropped")).toEqual({ data: [{ id: 7, on: true, note: null }], next: "2" })
  expect(named("data[0].name null")).toEqual({
    data: [{ id: 7, name: null, on: true, note: null }],
    next: "2",
  })
  expect(named("data[0].id of a wrong type")).toMatchObject({ data: [{ id: ["wrong type"] }] })
  expect(named("data[0].id in another type")).toMatchObject({ data: [{ id: "7" }] })
  expect(named("data[0].on in another type")).toMatchObject({ data: [{ on: 1 }] })
  expect(named("next in another type")).toMatchObject({ next: 2 })
  expect(named("data[0].name unheard of")).toMatchObject({ data: [{ name: "unheard-of-1" }] })
  expect(named("data[0] null")).toEqual({ data: [null], next: "2" })
  expect(named("data dropped")).toEqual({ next: "2" })
})

it("changes a field of several items in every other one, so that each odd item has good neighbours", () => {
  const odd = [...mutations(["a", "b", "c", "d"].map((name) => ({ name })))]
  expect(odd.filter(({ name }) => name.endsWith("dropped")).map((mutation) => mutation.body)).toEqual([
    [{}, { name: "b" }, {}, { name: "d" }],
    [{ name: "a" }, {}, { name: "c" }, {}],
  ])
  const [word] = odd.filter(({ value }) => value)
  expect(word?.body).toEqual([
    { name: "unheard-of-1" },
    { name: "b" },
    { name: "unheard-of-2" },
    { name: "d" },
  ])
})

it("never drops an item of a list, which would rightly be gone", () => {
  expect(named("data[0] dropped")).toBeUndefined()
})

it("leaves the answer itself as it is", () => {
  expect(body).toEqual({ data: [{ id: 7, name: "a", on: true, note: null }], next: "2" })
})
