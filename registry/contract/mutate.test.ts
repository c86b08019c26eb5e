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
  expect(named('data[0].id as "7"')).toMatchObject({ data: [{ id: "7" }] })
  expect(named("data[0].on as 1")).toMatchObject({ data: [{ on: 1 }] })
  expect(named("next as 2")).toMatchObject({ next: 2 })
  expect(named('data[0].name "unheard-of"')).toMatchObject({ data: [{ name: "unheard-of" }] })
  expect(named("data[0] null")).toEqual({ data: [null], next: "2" })
  expect(named("data dropped")).toEqual({ next: "2" })
})

it("never drops an item of a list, which would rightly be gone", () => {
  expect(named("data[0] dropped")).toBeUndefined()
})

it("leaves the answer itself as it is", () => {
  expect(body).toEqual({ data: [{ id: 7, name: "a", on: true, note: null }], next: "2" })
})
