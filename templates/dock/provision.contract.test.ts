import { describe, expect, it } from "vitest"
import { cyclesOf, inTurn } from "../../contract/cycle.ts"
import { loadRecordings } from "../../contract/node/load.ts"
import { replay } from "../../contract/replay.ts"
import { createTestbed } from "../../contract/testbed.ts"
import { DockError } from "../../core/errors.ts"
import type { Made, Provision } from "../../core/provision.ts"
import { ACCOUNT_SCOPE } from "../../core/resource.ts"
import { Facts } from "../../engine/facts.ts"
import { itemReader } from "../../engine/item-rows.ts"
import type { ResourceRow } from "../../schema/index.ts"
import type { AcmeApi } from "./api.ts"
import { acme } from "./index.ts"

const cycles = cyclesOf(loadRecordings())
const stage = replay([])
const credentials = CREDENTIALS
const idempotencyKey = "key"

/** What is asked for, by kind. */
const inputs: Readonly<Record<string, object>> = INPUTS

/** Plays a cycle to the work, from its first recording to its last. */
async function during<Result>(name: string, work: (api: AcmeApi) => Promise<Result>): Promise<Result> {
  const { standIn, left } = inTurn(cycles.get(name) ?? [])
  const { connect } = await createTestbed({ dock: acme, credentials })
  const result = await stage.during(standIn, () => work(connect()))
  expect(left().map(({ file }) => file)).toEqual([])
  return result
}

function kind(name: string): Provision<AcmeApi> {
  const found = acme.provision?.[name]
  if (!found) throw new Error(`No provision of ${name}`)
  return found
}

function rowOf({ table }: Provision<AcmeApi>, item: unknown): ResourceRow {
  const resource = acme.sync[table as keyof typeof acme.sync]
  if (!resource) throw new Error(`No mapping of ${table}`)
  const { rows } = itemReader(table, resource, { id: ACCOUNT_SCOPE }, new Facts())(item)
  return { ...rows[0], scope: ACCOUNT_SCOPE } as ResourceRow
}

describe.each(Object.keys(inputs))("a %s", (name) => {
  const { input: shape, steps, observe, destroy, isGone } = kind(name)
  const input = shape.parse(inputs[name])
  const [step] = steps
  const made = (one: Made) => (step ? { [step.name]: one } : {})

  it("is made, watched until it is ready, and removed", async () => {
    await during(name, async (api) => {
      const one = await step?.create(api, input, { made: {}, idempotencyKey })
      if (!one) throw new Error("Nothing was made")
      let look = await observe(api, made(one), input)
      while (look.state === "pending") look = await observe(api, made(one), input)
      expect(look.state).toBe("ready")
      const row = rowOf(kind(name), look.item)
      expect(row.providerResourceId).toBe(one.id)
      await destroy(api, row)
      expect(await isGone?.(api, row)).toBe(true)
    })
  })

  it("is found again after an interruption, where it can be", async () => {
    if (!step?.find) return
    const found = await during(`${name}-interrupted`, (api) =>
      Promise.resolve(step.find?.(api, input, { made: {}, idempotencyKey })),
    )
    expect(found).toHaveProperty("id", expect.any(String))
  })

  it("is refused in the provider's words", async () => {
    const failure = await during(`${name}-refused`, (api) =>
      Promise.resolve(step?.create(api, input, { made: {}, idempotencyKey })).catch(
        (error: unknown) => error,
      ),
    )
    expect(failure).toBeInstanceOf(DockError)
    expect(failure).toHaveProperty("message", expect.stringContaining("not possible"))
  })

  it("has failed when it is not there any more, and can be undone all the same", async () => {
    const { connect } = await createTestbed({ dock: acme, credentials })
    await stage.during(
      () => Response.json({ message: "Not Found" }, { status: 404 }),
      async () => {
        expect(await observe(connect(), made({ id: "1" }), input)).toMatchObject({ state: "failed" })
        await step?.undo(connect(), { id: "1" }, { made: {} })
      },
    )
  })
})
