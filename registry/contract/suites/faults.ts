import { beforeAll, describe, expect, it } from "vitest"
import { compare } from "../compare.ts"
import type { Subject } from "../conformance.ts"
import { faultsOf } from "../fault-table.ts"
import { type Recording, responseOf } from "../recording.ts"
import { FAKE_SECRET } from "../scan.ts"
import { readersOf, troubles } from "./plot.ts"

/** Dozens of syncs a test: seconds on a busy machine. */
const UNHURRIED_MS = 60_000
/** Real time, spent once for each answer that is held back. */
const PATIENCE_MS = 60

export function faultSuite({ dock, tables, account, optional, stage, testbed }: Subject): void {
  describe("faults, at every page of every list", () => {
    let readers: Awaited<ReturnType<typeof readersOf>>
    beforeAll(async () => {
      readers = await readersOf(stage, await testbed(), tables)
    })

    it.each(faultsOf(dock.limits))(
      "$name",
      async (fault) => {
        const bed = await testbed(fault.hangs ? { timeoutMs: PATIENCE_MS } : {})
        await bed.sync()
        const before = await bed.rows()
        for (const [page, itsReaders] of readers) {
          let tries = 0
          const report = await stage.during(
            (_, recorded) => {
              if (recorded !== page || (fault.passes && tries++ > 0)) return undefined
              return fault.answer(responseOf(page.response), bed.clock)
            },
            () => bed.sync(itsReaders),
          )
          if (fault.passes) expect(troubles(report), page.file).toEqual([])
          else if (!optional.includes(page.file)) expect(troubles(report), page.file).not.toEqual([])
          expect(compare(before, await bed.rows()).damage, page.file).toEqual([])
          expect(JSON.stringify(report)).not.toContain(FAKE_SECRET)
        }
      },
      UNHURRIED_MS,
    )

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
