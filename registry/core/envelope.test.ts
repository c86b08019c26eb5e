import { expect, it } from "vitest"
import { z } from "zod"
import { envelope } from "./envelope.ts"
import { DockError } from "./errors.ts"

const Page = z.looseObject({ data: z.looseObject({ sites: z.array(z.unknown()) }) })
const answer = { provider: "acme", endpoint: "GET /site", status: 200, requestId: "r-1" }

it("gives what surrounds the items, and the items as they came", () => {
  const body = { data: { sites: [1, null, { id: 2 }], more: true } }
  expect(envelope(Page, { ...answer, body })).toEqual(body)
})

it.each([undefined, null, [], "text", {}, { data: [] }, { data: { sites: {} } }, { data: { sites: null } }])(
  "fails over %j, naming the request and no value",
  (body) => {
    try {
      envelope(Page, { ...answer, body })
      expect.fail("it should have failed")
    } catch (error) {
      expect(error).toBeInstanceOf(DockError)
      expect(error).toMatchObject({ code: "invalid_response", ...answer })
    }
  },
)

it("names the place", () => {
  expect(() => envelope(Page, { ...answer, body: { data: { sites: "fake" } } })).toThrow(
    "acme: GET /site answered in another shape than documented at `data.sites`: Invalid input: expected array, received string",
  )
})
