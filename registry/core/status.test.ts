import { expect, it } from "vitest"
import { statusWords } from "./status.ts"

const status = statusWords({ active: "running", Off: "stopped", "2": "error" })

it("translates the words it knows, whatever their case, and keeps them", () => {
  expect(status("active")).toEqual({ status: "running", providerStatus: "active" })
  expect(status(" ACTIVE ")).toEqual({ status: "running", providerStatus: "ACTIVE" })
  expect(status("off")).toEqual({ status: "stopped", providerStatus: "off" })
  expect(status(2)).toEqual({ status: "error", providerStatus: "2" })
})

it("calls any other word unknown, and keeps it", () => {
  for (const word of ["new-word", "constructor", "__proto__"]) {
    expect(status(word)).toEqual({ status: "unknown", providerStatus: word })
  }
})

it("has no word to keep when there is none", () => {
  for (const raw of [null, undefined, "", " ", {}, [], true]) {
    expect(status(raw)).toEqual({ status: "unknown", providerStatus: null })
  }
})
