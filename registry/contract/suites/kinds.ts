import { describe, expect, it } from "vitest"
import type { ProvisionEvent, ProvisionReport } from "../../engine/provision-report.ts"
import { MortalProcess } from "../mortal.ts"
import type { Making, Theatre } from "../provisioning.ts"
import { isWrite } from "../recorded-provider.ts"
import type { Recording } from "../recording.ts"
import { FAKE_SECRET } from "../scan.ts"
import { openPlay, type Play } from "../stagehand.ts"
import { providerOf, refusalOf, refusing, timingOut, wordsOf } from "./trouble.ts"

/** Longer than a dead process keeps others out, and than a provider takes to come to something. */
const LATER_MS = 60_000

interface Case extends Making {
  readonly name: string
  readonly kind: string
}

/** Each kind from its making to its end, through the engine; and what becomes of it when something goes wrong on the way. */
export function kindSuite(theatre: Theatre, makes: Readonly<Record<string, Making>>): void {
  const kinds = Object.keys(theatre.dock.provision ?? {})
  const cases = Object.entries(makes).map(
    ([name, making]): Case => ({ ...making, name, kind: kindOf(kinds, name) }),
  )
  const first = kinds.flatMap((kind) => cases.find((one) => one.kind === kind && !one.fails) ?? [])
  if (kinds.length + cases.length === 0) return

  const open = ({ name, kind, again }: Case) =>
    openPlay(theatre.dock, theatre.credentials, providerOf(theatre, name, kind, again))

  describe("what can be made", () => {
    it("has a cycle each", () => {
      expect(first.map(({ kind }) => kind)).toEqual(kinds)
    })

    it.each(cases)("$name is made, watched and removed, and all of it is on record", async (one) => {
      const play = await open(one)
      const { report, progress } = await made(play, one)
      const { fails } = one
      expect(report).toMatchObject(
        fails ? { state: "failed", error: fails } : { state: "provisioned", error: null },
      )
      expect(report.shows.map(({ title, value }) => [title, value.reveal()])).toEqual(one.shows ?? [])
      if (one.progress) expect(progress).toEqual(one.progress)
      const row = await rowOf(play, report)
      expect(row).toMatchObject({
        ...one.row,
        provisioningSource: "api",
        provisioningState: fails ? "failed" : "provisioned",
        deletedAt: null,
      })

      expect(await removed(play, report)).toMatchObject({ state: "deprovisioned", error: null })
      expect(await rowOf(play, report)).toMatchObject({ provisioningState: "deprovisioned" })
      expect(await play.audit()).toMatchObject([
        { action: "deprovision", result: "succeeded" },
        { action: "provision", result: fails ? "failed" : "succeeded", targetId: report.id },
      ])
      expect(play.provider.misses).toEqual([])
      const unplayed = theatre
        .cycle(one.name)
        .filter((recorded) => !play.provider.played.has(recorded) && !isGone(recorded))
      expect(
        unplayed.map(({ file }) => file),
        "recordings that were not asked for",
      ).toEqual([])
      const kept = [report, row, await play.store.provisionings.list("default"), await play.audit()]
      expect(JSON.stringify(kept)).not.toContain(FAKE_SECRET)
    })

    it.each(first)(
      "$name that is refused at any request has failed, or goes on later; nothing is left",
      async (one) => {
        for (const at of (await halves(one)).making) {
          const play = await open(one)
          const refusal = refusalOf(theatre, [one.name, one.kind], at)
          play.provider.trouble = refusing(at, refusal)
          const { report, undone } = await made(play, one)
          if (isDoneWithout(one, at, report)) continue
          expect(report, at.file).toMatchObject({
            state: expect.stringMatching(/^(failed|provisioning)$/),
            error: { message: expect.stringContaining(wordsOf(theatre.dock, refusal)) },
          })
          const entry = {
            action: "provision",
            result: "failed",
            errorCode: report.error?.code,
            targetId: report.id,
          }
          expect(await play.audit(), at.file).toMatchObject([entry])
          if (report.state === "failed") {
            expect(play.provider.isThere, `${at.file} is refused, and something is left`).toBe(false)
            expect(undone, at.file).toEqual(report.steps.map(({ name }) => name).reverse())
          } else {
            play.provider.trouble = undefined
            await expectMadeOnce(play, one, at.file)
          }
        }
      },
    )

    it.each(first)(
      "$name that times out at any request is not taken for failed, and is made once",
      async (one) => {
        for (const at of (await halves(one)).making) {
          for (const happens of isWrite(at) ? [false, true] : [false]) {
            const where = `${at.file}, ${happens ? "done" : "not done"}`
            const play = await open(one)
            play.provider.trouble = timingOut(theatre.dock, at, happens)
            const { report } = await made(play, one)
            if (isDoneWithout(one, at, report)) continue
            expect(report, where).toMatchObject({
              state: "provisioning",
              error: { code: expect.any(String) },
            })
            const entry = { action: "provision", result: "failed", errorCode: report.error?.code }
            expect(await play.audit(), where).toMatchObject([entry])
            play.provider.trouble = undefined
            await expectMadeOnce(play, one, where)
          }
        }
      },
    )

    it.each(first)(
      "$name whose process is killed at any moment is made once by the next run",
      async (one) => {
        await atEveryMoment(async (process) => {
          const play = await open(one)
          await made(play, one, process).catch(() => {})
          if (process.isDead) await expectMadeOnce(play, one, `killed at moment ${process.dieAt}`)
        })
      },
    )

    it.each(first)("$name that is given up half-way is undone, the last step first", async (one) => {
      const { play, report } = await madeAndLostSight(one)
      const undone: string[] = []
      const [given] = await play.open().resume({
        id: report.id,
        decision: { kind: "abandon" },
        onProgress: (event) => noteUndone(event, undone),
      })
      expect(given).toMatchObject({
        state: "failed",
        error: { code: "abandoned", message: "It was given up." },
      })
      expect(undone).toEqual(report.steps.map(({ name }) => name).reverse())
      expect(play.provider.isThere).toBe(false)
      expect(play.provider.misses).toEqual([])
    })

    it.each(first)(
      "$name whose removal is refused, lost or interrupted at any request is removed in the end",
      async (one) => {
        for (const at of (await halves(one)).removal) {
          const refusal = refusalOf(theatre, [one.name, one.kind], at)
          const troubles = [
            refusing(at, refusal),
            timingOut(theatre.dock, at, false),
            ...(isWrite(at) ? [timingOut(theatre.dock, at, true)] : []),
          ]
          for (const trouble of troubles) {
            const where = `${at.file}, ${troubles.indexOf(trouble)}`
            const play = await open(one)
            const { report } = await made(play, one)
            play.provider.trouble = trouble
            const stopped = await removed(play, report)
            play.provider.trouble = undefined
            // A removal whose answer was lost is asked for again at once, and is done.
            if (stopped.state === "deprovisioned") expect(trouble.happens, where).toBe(true)
            else {
              expect(stopped.state, where).toMatch(/^(failed|deprovisioning)$/)
              if (trouble === troubles[0]) {
                expect(stopped.error?.message, where).toContain(wordsOf(theatre.dock, refusal))
              }
              const entry = { action: "deprovision", result: "failed", errorCode: stopped.error?.code }
              expect((await play.audit())[0], where).toMatchObject(entry)
              expect(await rowOf(play, report), where).toMatchObject({ deletedAt: null })
            }
            await expectRemoved(play, report, where)
          }
        }
        await atEveryMoment(async (process) => {
          const play = await open(one)
          const { report } = await made(play, one)
          await removed(play, report, process).catch(() => {})
          await expectRemoved(play, report, `killed at moment ${process.dieAt}`)
        })
      },
    )
  })

  async function made(play: Play, { kind, input }: Case, process?: MortalProcess) {
    const progress: (string | null)[] = []
    const undone: string[] = []
    const report = await play.open(process).provision({
      dock: theatre.dock.provider,
      kind,
      input,
      // Asking again with the same key goes on with the same.
      idempotencyKey: "order",
      wait: true,
      onProgress(event) {
        if (event.type === "waiting") progress.push(event.progress)
        noteUndone(event, undone)
      },
    })
    return { report, progress, undone }
  }

  /** What is asked for until it is ready, and what until it is gone. */
  async function halves(
    one: Case,
  ): Promise<{ making: Recording[]; removal: Recording[]; report: ProvisionReport }> {
    const play = await open(one)
    const { report } = await made(play, one)
    const making = theatre.cycle(one.name).filter((recorded) => play.provider.played.has(recorded))
    await removed(play, report)
    const all = theatre.cycle(one.name).filter((recorded) => play.provider.played.has(recorded))
    const removal = all.filter((recorded) => !making.includes(recorded))
    return { making, removal, report }
  }

  /** All of it is made, and then there is no answer. */
  async function madeAndLostSight(one: Case): Promise<{ play: Play; report: ProvisionReport }> {
    for (const at of (await halves(one)).making.filter((recorded) => !isWrite(recorded))) {
      const play = await open(one)
      play.provider.trouble = timingOut(theatre.dock, at, false)
      const { report } = await made(play, one)
      play.provider.trouble = undefined
      const { state, steps } = report
      const isMade = steps.length > 0 && steps.every(({ outcome }) => outcome === "made")
      if (state === "provisioning" && isMade) return { play, report }
    }
    throw new Error(`${one.name} is not looked at once it is made.`)
  }

  /** The next run finishes it. Where the provider offers no way to tell what was made, a person looks, and says so. */
  async function expectMadeOnce(play: Play, one: Case, where: string): Promise<void> {
    await play.clock.sleep(LATER_MS)
    play.provider.isSettled = true
    let { report } = await made(play, one)
    if (report.needsDecision) {
      const open = report.steps.find(({ outcome }) => outcome === "started")
      const step = theatre.dock.provision?.[one.kind]?.steps.find(({ name }) => name === open?.name)
      expect(step?.find, `${where}: ${report.error?.message}`).toBeUndefined()
      const id = (await halves(one)).report.steps.find(({ name }) => name === open?.name)?.id ?? ""
      const decision = play.provider.isThere ? ({ kind: "adopt", id } as const) : ({ kind: "retry" } as const)
      const [decided] = await play.open().resume({ id: report.id, decision, wait: true })
      if (decided) report = decided
    }
    expect(play.provider.misses, where).toEqual([])
    expect(report, where).toMatchObject({ state: "provisioned", error: null })
    expect(play.provider.madeTwice, where).toEqual([])
    expect(await rowOf(play, report), where).toMatchObject(one.row)
    expect(await play.store.provisionings.list("default"), where).toHaveLength(1)
  }
}

/** An answer that only tells more about it may be missing. */
function isDoneWithout(one: Case, at: Recording, { state }: ProvisionReport): boolean {
  return state === "provisioned" && (!isWrite(at) || isAgain(one, at))
}

function isAgain({ again = [] }: Case, { file }: Recording): boolean {
  return again.some((one) => file.endsWith(`/${one}`))
}

/** Told only to whoever asks for a removal twice. */
function isGone(recorded: Recording): boolean {
  return isWrite(recorded) && recorded.response.status === 404
}

function kindOf(kinds: readonly string[], cycle: string): string {
  const found = kinds.find((kind) => cycle === kind || cycle.startsWith(`${kind}-`))
  if (!found) throw new Error(`The cycle ${cycle} is of no kind: ${kinds.join(", ")}.`)
  return found
}

function noteUndone(event: ProvisionEvent, undone: string[]): void {
  if (event.type === "step" && event.outcome === "undone") undone.push(event.step)
}

/** Alive for ever, the work is done; killed at each moment before that, it is taken up. */
async function atEveryMoment(play: (process: MortalProcess) => Promise<void>): Promise<void> {
  // What was not yet asked, and what was answered just before it, are the same moment to the world.
  for (let dieAt = 0; ; dieAt += dieAt === 0 ? 1 : 2) {
    const process = new MortalProcess(dieAt)
    await play(process)
    if (!process.isDead) return
  }
}

async function rowOf(play: Play, { table, providerResourceId }: ProvisionReport) {
  if (!(table in play.dock.sync)) return undefined
  const name = table as keyof typeof play.dock.sync
  const [dock] = await play.open().listDocks()
  const key = { orgId: "default", dockId: dock?.id ?? "", providerResourceId: providerResourceId ?? "" }
  return await play.store.rows.find(name, key)
}

async function removed(
  play: Play,
  report: ProvisionReport,
  process?: MortalProcess,
): Promise<ProvisionReport> {
  await play.clock.sleep(1_000)
  return await play.open(process).deprovision({ resourceId: report.resourceId ?? "", wait: true })
}

async function expectRemoved(play: Play, made: ProvisionReport, where: string): Promise<void> {
  await play.clock.sleep(LATER_MS)
  await play.open().resume({ wait: true })
  const row = await rowOf(play, made)
  if (row?.deletedAt === null) await removed(play, made)
  const [report] = await play.open().provisionings()
  expect(report, where).toMatchObject({ operation: "deprovision", state: "deprovisioned", error: null })
  expect(await rowOf(play, made), where).toMatchObject({ provisioningState: "deprovisioned" })
  expect(play.provider.isThere, where).toBe(false)
  expect(play.provider.misses, where).toEqual([])
}
