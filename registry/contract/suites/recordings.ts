import { describe, expect, it } from "vitest"
import type { Subject } from "../conformance.ts"
import { scan } from "../scan.ts"

export function recordingSuite({ dock, recordings, account }: Subject): void {
  describe("recordings", () => {
    it.each(recordings)("$file holds nobody's secret, machine or address", (recorded) => {
      expect(scan(recorded)).toEqual([])
    })

    it("call only the hosts that the dock names", () => {
      const hosts = new Set(recordings.map(({ request }) => new URL(request.url).host))
      expect(dock.hosts).toEqual(expect.arrayContaining([...hosts]))
    })

    it("answer each request once", () => {
      const requests = account.map(({ request }) => JSON.stringify(request))
      expect(requests.filter((request, index) => requests.indexOf(request) !== index)).toEqual([])
    })
  })
}
