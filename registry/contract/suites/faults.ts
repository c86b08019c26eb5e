import { beforeAll, describe, expect, it } from "vitest"
import { compare } from "../compare.ts"
import type { Subject } from "../conformance.ts"
import { type Fault, faultsOf } from "../fault-table.ts"
import { type Recording, responseOf } from "../recording.ts"
import { FAKE_SECRET } from "../scan.ts"
import { fetchStage, type Stage } from "../stage.ts"
import { createTestbed, type Testbed } from "../testbed.ts"
import { type Part, partsOf } from "./parts.ts"
import { troubles } from "./plot.ts"

/** Dozens of syncs a test: seconds on a busy machine. */
const UNHURRIED_MS = 60_000
/** Real time, spent once for each answer that is held back. */
const PATIENCE_MS = 60

export function faultSuite({ dock, credentials, account, optional, stage, testbed }: Subject): void {
  describe("faults, at every page of every list", () => {
    const near = fetchStage(account)
    let parts: Part[]
    beforeAll(async () => {
      const { connect } = await createTestbed({ dock, credentials, fetch: near.fetch })
      parts = await partsOf(dock, near, connect)
    })

    it.each(faultsOf(dock.limits))(
      "$name",
      async (fault) => {
        const timeoutMs = fault.hangs ? PATIENCE_MS : undefined
        for (const part of parts) {
          const { fetch } = near
          const bed = await createTestbed({ dock: part.dock, credentials, fetch, timeoutMs })
          await play(fault, part, part.asks, near, bed)
        }
        // What the runtime's own fetch makes of it is the same at every page.
        const [first] = parts
        if (first) {
          const bed = await testbed({ dock: first.dock, timeoutMs })
          await play(fault, first, first.asks.slice(0, 1), stage, bed)
        }
      },
      UNHURRIED_MS,
    )

    async function play(
      fault: Fault,
      part: Part,
      pages: readonly Recording[],
      on: Stage,
      bed: Testbed,
    ): Promise<void> {
      await bed.sync()
      const before = await bed.rows()
      for (const page of pages) {
        let tries = 0
        const report = await on.during(
          (_, recorded) => {
            if (recorded !== page || (fault.passes && tries++ > 0)) return undefined
            return fault.answer(responseOf(page.response), bed.clock)
          },
          () => bed.sync(),
        )
        const where = `${part.table}, ${page.file}`
        if (fault.passes) expect(troubles(report), where).toEqual([])
        else if (!optional.includes(page.file)) expect(troubles(report), where).not.toEqual([])
        expect(compare(before, await bed.rows()).damage, where).toEqual([])
        expect(JSON.stringify(report)).not.toContain(FAKE_SECRET)
      }
    }

    it("the first page in place of every other", async () => {
      const bed = await testbed()
      await bed.sync()
      const before = await bed.rows()
      await stage.during(
        (_, recorded) => recorded && responseOf(firstOf(recorded, account).response),
        () => bed.sync(),
      )
      expect(compare(before, await bed.rows()).damage).toEqual([])
    })
  })
}

/** The recordings of one address are the pages of one list, in the order of their files: `page-1.json`, `page-2.json`. */
function firstOf(recorded: Recording, account: readonly Recording[]): Recording {
  return account.find((other) => listOf(other) === listOf(recorded)) ?? recorded
}

/** One address lists for several accounts where the query says for which; their files are named differently. */
function listOf({ file, request }: Recording): string {
  return [request.method, request.url, file.replace(/\d+\.json$/, "")].join(" ")
}
