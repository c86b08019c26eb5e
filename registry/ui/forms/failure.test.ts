import { expect, test } from "vitest"
import { DataError } from "../data/port.ts"
import { controlsOf } from "./controls.ts"
import { failureOf, mended } from "./failure.ts"
import { textField } from "./text-field.ts"

const controls = controlsOf([textField("credentials.apiKey", "API key"), textField("name", "Name")])

function refused(fields: Record<string, string>): DataError {
  return new DataError({ code: "invalid_input", message: "It is not usable.", suggestion: "Try.", fields })
}

test("fields are found by the name that the form has for them, or that the request has", () => {
  expect(failureOf(refused({ apiKey: "is missing", "input.name": "is taken" }), controls)).toEqual({
    message: "2 fields need another look.",
    suggestion: null,
    fields: { "credentials.apiKey": "Is missing.", name: "Is taken." },
  })
})

test("what concerns no field of the form stays in the message, with what to do", () => {
  expect(failureOf(refused({ other: "is wrong", name: "is taken." }), controls)).toEqual({
    message: "It is not usable.",
    suggestion: "Try.",
    fields: { name: "Is taken." },
  })
  expect(failureOf(new TypeError("Failed to fetch"), controls).message).toBe("Failed to fetch")
})

test("a field that was typed into leaves the list, and the last one takes the list away", () => {
  const failure = failureOf(refused({ apiKey: "is missing", name: "is taken" }), controls)
  const left = mended(failure, "name")
  expect(left?.fields).toEqual({ "credentials.apiKey": "Is missing." })
  expect(left && mended(left, "credentials.apiKey")).toBeUndefined()
  const whole = failureOf(refused({}), controls)
  expect(mended(whole, "name")).toBe(whole)
})
