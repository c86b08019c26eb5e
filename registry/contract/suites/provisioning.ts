import { describe, expect, it } from "vitest"
import type { Action, Provision } from "../../core/provision.ts"
import { inputFields } from "../../engine/input-fields.ts"
import { isResourceTable } from "../../schema/index.ts"
import type { Subject } from "../conformance.ts"
import { cyclesOf } from "../cycle.ts"
import type { Recording } from "../recording.ts"

/** What can be told of every kind and action without knowing it. What is peculiar to one is told by the dock's own tests. */
export function provisioningSuite({ dock, recordings }: Subject): void {
  const kinds = Object.entries(dock.provision ?? {})
  const actions = Object.entries(dock.actions ?? {}).flatMap(([table, ofTable]) =>
    Object.entries(ofTable).map(([name, action]) => ({ name: `${table}.${name}`, table, action })),
  )
  if (kinds.length + actions.length === 0) return

  describe.runIf(kinds.length > 0)("what can be made", () => {
    it.each(kinds)("%s says what it takes, and where its row goes", (_, kind) => {
      expectLegible(kind)
      expect(Object.keys(dock.sync)).toContain(kind.table)
    })

    it.each(kinds)("%s has steps that can be told apart", (_, { steps }) => {
      const names = steps.map(({ name }) => name)
      expect(names.length).toBeGreaterThan(0)
      expect(new Set(names).size).toBe(names.length)
    })

    it.each(kinds)("%s is recorded from its making to its end, and refused", (name) => {
      expectRecorded(recordings, name)
    })

    it("tells apart the kinds that share a table, wherever they are removed in different ways", () => {
      const ambiguous = kinds.filter(([, kind]) =>
        kinds.some(
          ([, other]) => other.table === kind.table && other.destroy !== kind.destroy && !kind.appliesTo,
        ),
      )
      expect(ambiguous.map(([name]) => name)).toEqual([])
    })
  })

  describe.runIf(actions.length > 0)("what can be done", () => {
    it.each(actions)("$name says what it takes, and to which rows it is done", ({ table, action }) => {
      expectLegible(action)
      expect(isResourceTable(table)).toBe(true)
      expect(action.table).toBe(table)
    })

    it.each(actions)("$name is recorded, done and refused", ({ name }) => {
      expectRecorded(recordings, name)
    })
  })
}

/** Help and forms show these; an input that cannot be told as fields cannot be asked for. */
function expectLegible({ title, input }: Provision | Action): void {
  expect(title).not.toBe("")
  const untold = inputFields(input).filter((field) => !field.title && !field.description)
  expect(untold.map(({ name }) => name)).toEqual([])
}

/** In `cycles/<name>`, or in any that begins with `<name>-`. What only reads may be done by a recording of the account. */
function expectRecorded(recordings: readonly Recording[], name: string): void {
  const exchanges = [...cyclesOf(recordings)].flatMap(([cycle, recorded]) =>
    cycle === name || cycle.startsWith(`${name}-`) ? recorded : [],
  )
  const refused = exchanges.filter(({ response }) => response.status >= 400)
  const done = recordings.filter(
    ({ request: { method, url }, response }) =>
      response.status < 400 &&
      exchanges.some(({ request }) => request.method === method && request.url === url),
  )
  expect(done, "a recording of its being done").not.toEqual([])
  expect(refused, "a recording of its refusal").not.toEqual([])
}
