import { describe, expect, it } from "vitest"
import { DockError, type DockErrorCode } from "../../core/errors.ts"
import { compare } from "../compare.ts"
import type { Subject } from "../conformance.ts"
import { FAKE_SECRET } from "../scan.ts"
import { inPlaceOf } from "./plot.ts"

const CODES: Readonly<Record<number, DockErrorCode>> = {
  400: "invalid_request",
  401: "unauthorized",
  403: "forbidden",
  404: "not_found",
  409: "conflict",
  422: "invalid_request",
  429: "rate_limited",
}

export function refusalSuite({ dock, refusals, stage, testbed }: Subject): void {
  describe("refusals", () => {
    it("of a credential are recorded", () => {
      expect(refusals.map(({ response }) => response.status)).toContainEqual(
        expect.toSatisfy((status) => status === 401 || status === 403),
      )
    })

    it.each(refusals)("$file is reported as what it is, and costs no row", async (refusal) => {
      const bed = await testbed()
      await bed.sync()
      const before = await bed.rows()
      const [verified, report] = await stage.during(inPlaceOf([refusal]), async () => [
        await dock.verify(bed.connect()).catch((error: unknown) => error),
        await bed.sync(),
      ])
      const codes = [
        verified instanceof DockError ? verified.code : undefined,
        ...report.scopes.map((scope) => scope.error?.code),
      ]
      const { status, body } = refusal.response
      expect(codes).toContain(dock.problem?.(body, status)?.means ?? CODES[status] ?? "provider_error")
      expect(compare(before, await bed.rows()).damage).toEqual([])
      expect(JSON.stringify([verified, report])).not.toContain(FAKE_SECRET)
    })
  })
}
