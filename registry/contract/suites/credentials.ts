import { describe, expect, it } from "vitest"
import { DockError } from "../../core/errors.ts"
import type { Subject } from "../conformance.ts"
import { FAKE_SECRET } from "../scan.ts"
import { inPlaceOf } from "./plot.ts"

export function credentialSuite({ dock, credentials, refusals, stage, testbed }: Subject): void {
  describe("credentials", () => {
    it("that are good tell whose account it is", async () => {
      const { id, name } = await dock.verify((await testbed()).connect())
      expect(id).not.toBe("")
      expect(name).not.toBe("")
    })

    it.each(badOnes(credentials))("that are $what are refused before anything is sent", ({ bad }) => {
      const read = dock.credentials.safeParse(bad)
      expect(read.success).toBe(false)
      expect(read.error?.message).not.toContain(FAKE_SECRET)
    })

    it("that the provider refuses are said to be refused, with what to do", async () => {
      const refused = refusals.filter(({ response: { status } }) => status === 401 || status === 403)
      const { connect } = await testbed()
      const error = await stage.during(inPlaceOf(refused), () =>
        dock.verify(connect()).catch((error: unknown) => error),
      )
      expect(error).toBeInstanceOf(DockError)
      expect(error).toHaveProperty("code", expect.stringMatching(/^(unauthorized|forbidden)$/))
      expect(error).toHaveProperty("suggestion", expect.any(String))
      expect(JSON.stringify(error)).not.toContain(FAKE_SECRET)
    })
  })
}

function badOnes(good: Subject["credentials"]): { what: string; bad: unknown }[] {
  const noAddresses = ["no address", "http://api.example.com", "https://user@api.example.com"]
  return [
    { what: "missing", bad: {} },
    { what: "of an unknown kind", bad: { ...good, somethingElse: "x" } },
    ...Object.keys(good).map((field) => ({ what: `without ${field}`, bad: { ...good, [field]: " " } })),
    ...noAddresses.map((baseUrl) => ({ what: `for ${baseUrl}`, bad: { ...good, baseUrl } })),
  ]
}
