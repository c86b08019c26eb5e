import { describe, expect, it } from "vitest"
import { compare } from "../compare.ts"
import type { Subject } from "../conformance.ts"
import { mutations } from "../mutate.ts"
import { responseOf } from "../recording.ts"
import { FAKE_SECRET } from "../scan.ts"
import { fetchStage } from "../stage.ts"
import { createTestbed } from "../testbed.ts"
import { readersOf } from "./plot.ts"

/** Hundreds of syncs a test: seconds on a busy machine. */
const UNHURRIED_MS = 120_000

export function oddAnswerSuite({ dock, credentials, tables, account }: Subject): void {
  describe("odd answers", () => {
    it.each(account.filter(({ response }) => response.body !== undefined))(
      "$file with each field dropped, null, of another type or an unknown word costs no row and makes none wrong",
      async (recorded) => {
        const stage = fetchStage(account)
        const bed = await createTestbed({ dock, credentials, fetch: stage.fetch })
        const readers = (await readersOf(stage, bed, tables)).get(recorded) ?? []
        const before = await bed.rows(readers)
        const found: string[] = []
        for (const { name, body, value } of mutations(recorded.response.body)) {
          const odd = { ...recorded.response, body: body as typeof recorded.response.body }
          const report = await stage.during(
            (_, asked) => (asked === recorded ? responseOf(odd) : undefined),
            () => bed.sync(readers),
          )
          const said = JSON.stringify(report)
          const { damage, differs } = compare(before, await bed.rows(readers), value)
          const harm = [...damage]
          if (said.includes('"unexpected"')) harm.push(`the dock's code failed: ${said}`)
          if (said.includes(FAKE_SECRET)) harm.push("a secret is in the report")
          found.push(...harm.map((what) => `${name}: ${what}`))
          if (differs) await bed.sync(readers)
        }
        expect(found).toEqual([])
      },
      UNHURRIED_MS,
    )
  })
}
