import { expect, it } from "vitest"
import { errorFromBody } from "./problem.ts"

it.each([
  [{ message: "No query results" }, { message: "No query results", code: undefined }],
  [
    { error: "rate limit exceeded", status: 429 },
    { message: "rate limit exceeded", code: undefined },
  ],
  [{ error: { code: "forbidden", message: "Not yours" } }, { message: "Not yours", code: "forbidden" }],
  [
    { code: 7003, message: "No route" },
    { message: "No route", code: "7003" },
  ],
  [
    { success: false, errors: [{ code: 1001, message: "Invalid zone" }, { message: "Also this" }] },
    { message: "Invalid zone; Also this", code: "1001" },
  ],
  [{ errors: [{ reason: "Linode busy." }] }, { message: "Linode busy.", code: undefined }],
  [{ errors: ["one", "two"] }, { message: "one; two", code: undefined }],
  [
    { message: "The given data was invalid.", errors: { url: ["is taken", "is too long"], ip: ["is odd"] } },
    { message: "The given data was invalid.; url: is taken is too long; ip: is odd", code: undefined },
  ],
  [
    { error: "invalid_grant", error_description: "Expired" },
    { message: "Expired; invalid_grant", code: undefined },
  ],
  [
    { message: "Same", error: "Same" },
    { message: "Same", code: undefined },
  ],
])("reads %j", (body, problem) => {
  expect(errorFromBody(body)).toEqual(problem)
})

it.each([
  null,
  undefined,
  "text",
  5,
  [],
  ["a"],
  {},
  { data: [] },
  { message: "" },
  { error: null, errors: [] },
  { errors: {} },
])("reads nothing into %j", (body) => {
  expect(errorFromBody(body)).toBeUndefined()
})
