import { beforeAll, describe, expect, it } from "vitest"
import { compare } from "../compare.ts"
import type { Subject } from "../conformance.ts"
import { mutations } from "../mutate.ts"
import { type Recording, responseOf } from "../recording.ts"
import { FAKE_SECRET } from "../scan.ts"
import { fetchStage, type StandIn } from "../stage.ts"
import { createTestbed } from "../testbed.ts"
import { type Part, partsOf } from "./parts.ts"

/** Hundreds of syncs a test: seconds on a busy machine. */
const UNHURRIED_MS = 120_000

export function oddAnswerSuite({ dock, credentials, account }: Subject): void {
  describe("odd answers", () => {
    const stage = fetchStage(account)
    const testbed = (part: { dock: Subject["dock"] }) =>
      createTestbed({ dock: part.dock, credentials, fetch: stage.fetch })
    let parts: Part[]
    beforeAll(async () => {
      parts = await partsOf(dock, stage, (await testbed({ dock })).connect)
    })

    it.each(account.filter(({ response }) => response.body !== undefined))(
      "$file with each field dropped, null, of another type or an unknown word costs no row and makes none wrong",
      async (recorded) => {
        const found: string[] = []
        for (const part of parts)
          if (part.asks.includes(recorded)) found.push(...(await harm(part, recorded)))
        expect(found).toEqual([])
      },
      UNHURRIED_MS,
    )

    /** What odd answers in place of the recorded one do to a part. */
    async function harm(part: Part, recorded: Recording): Promise<string[]> {
      const bed = await testbed(part)
      await bed.sync()
      const before = await bed.rows()
      const usual = JSON.stringify(await part.read(bed.connect()))
      const found: string[] = []
      for (const { name, body, value } of mutations(recorded.response.body)) {
        const odd = { ...recorded.response, body: body as typeof recorded.response.body }
        const standIn: StandIn = (_, asked) => (asked === recorded ? responseOf(odd) : undefined)
        // Where it comes to the same as ever, the engine has nothing to add.
        const read = await stage.during(standIn, () => part.read(bed.connect()).catch(() => undefined))
        if (JSON.stringify(read) === usual) continue
        const report = await stage.during(standIn, () => bed.sync())
        const said = JSON.stringify(report)
        const { damage, differs } = compare(before, await bed.rows(), value)
        const all = [...damage]
        if (said.includes('"unexpected"')) all.push(`the dock's code failed: ${said}`)
        if (said.includes(FAKE_SECRET)) all.push("a secret is in the report")
        found.push(...all.map((what) => `${name}: ${what}`))
        if (differs) await bed.sync()
      }
      return found
    }
  })
}
