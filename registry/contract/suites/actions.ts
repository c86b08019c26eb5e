import { describe, expect, it } from "vitest"
import { DockError } from "../../core/errors.ts"
import { actionsOf } from "../../engine/operations.ts"
import { putTold } from "../../engine/told-rows.ts"
import { isResourceTable, type ResourceRow, type ResourceTableName } from "../../schema/index.ts"
import type { Doing, Theatre } from "../provisioning.ts"
import { isWrite } from "../recorded-provider.ts"
import { FAKE_SECRET } from "../scan.ts"
import { openPlay } from "../stagehand.ts"
import { providerOf, refusalOf, refusing, timingOut, wordsOf } from "./trouble.ts"

interface Case extends Doing {
  readonly name: string
  /** `servers.restart` */
  readonly action: string
}

/** Each action through the engine; and what is said when something goes wrong. */
export function actionSuite(theatre: Theatre, does: Readonly<Record<string, Doing>>): void {
  const actions = actionsOf(theatre.dock).map(({ table, name }) => `${table}.${name}`)
  const cases = Object.entries(does).map(
    ([name, doing]): Case => ({ ...doing, name, action: name.replace(/-.*/, "") }),
  )
  if (actions.length + cases.length === 0) return

  describe("what can be done", () => {
    it("has a cycle each", () => {
      expect([...new Set(cases.map(({ action }) => action))].sort()).toEqual([...actions].sort())
    })

    it.each(cases)("$name is done, says so, and is on record", async (one) => {
      const { play, act, row } = await prepared(one)
      const report = await act()
      expect(report).toMatchObject({ message: expect.stringMatching(/^[\s\S]*\S[\s\S]*\.$/), ...one.done })
      expect(await play.audit()).toMatchObject([{ action: "act", result: "succeeded" }])
      expect(play.provider.misses).toEqual([])
      const unplayed = theatre.cycle(one.name).filter((recorded) => !play.provider.played.has(recorded))
      expect(
        unplayed.map(({ file }) => file),
        "recordings that were not asked for",
      ).toEqual([])
      if (one.row) expect(await row()).toMatchObject(one.row)
      expect(JSON.stringify([report, await row(), await play.audit()])).not.toContain(FAKE_SECRET)
    })

    it.each(cases)(
      "$name that is refused or unanswered at any request says so, and is on record",
      async (one) => {
        for (const at of theatre.cycle(one.name)) {
          const refusal = refusalOf(theatre, [one.name, one.action], at)
          const troubles = [
            { ...refusing(at, refusal), lasts: true },
            { ...timingOut(theatre.dock, at, false), lasts: true },
          ]
          for (const trouble of troubles) {
            const isRefused = trouble === troubles[0]
            const where = `${at.file}, ${isRefused ? "refused" : "unanswered"}`
            const { play, act } = await prepared(one)
            play.provider.trouble = trouble
            const error = await act().catch((error: unknown) => error)
            if (!(error instanceof DockError)) {
              expect(isWrite(at), `${where}: ${String(error)}`).toBe(false)
              expect(await play.audit(), where).toMatchObject([{ action: "act", result: "succeeded" }])
              continue
            }
            if (isRefused) expect(error.message, where).toContain(wordsOf(theatre.dock, refusal))
            else if (isWrite(at)) expect(error.suggestion, where).toContain("not known whether")
            const entry = { action: "act", result: "failed", errorCode: error.code }
            expect(await play.audit(), where).toMatchObject([entry])
            expect(JSON.stringify([error, await play.audit()]), where).not.toContain(FAKE_SECRET)
          }
        }
      },
    )
  })

  async function prepared({ name, action, on, input }: Case) {
    const [table = "", key = ""] = action.split(".")
    if (!isResourceTable(table)) throw new Error(`${name} is done to no table.`)
    const play = await openPlay(theatre.dock, theatre.credentials, providerOf(theatre, name, action))
    const [dock] = await play.store.docks.list("default")
    if (!dock) throw new Error("There is no dock.")
    const now = new Date(play.clock.now()).toISOString()
    const told = { store: play.store, dock, definition: theatre.dock }
    const [providerResourceId = ""] = await putTold(told, table, on, {}, now)
    const row = () => rowOf(table, { orgId: "default", dockId: dock.id, providerResourceId })
    const resourceId = (await row())?.id ?? ""
    const act = () => play.open().act({ resourceId, action: key, input })
    return { play, act, row }

    function rowOf(
      of: ResourceTableName,
      which: { orgId: string; dockId: string; providerResourceId: string },
    ): Promise<ResourceRow | undefined> {
      return play.store.rows.find(of, which)
    }
  }
}
