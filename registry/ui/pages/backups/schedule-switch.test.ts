import { expect, test } from "vitest"
import type { InputField, Operation } from "../../../engine/provision-report.ts"
import { textField } from "../../forms/text-field.ts"
import { schedule, site } from "./rows.fixture.ts"
import { switchOf } from "./schedule-switch.ts"

const yesNo = (name: string): InputField => ({ ...textField(name, name), input: "boolean", typed: "json" })
const choice = (name: string, ...choices: string[]): InputField => ({
  ...textField(name, name),
  input: "choice",
  choices,
})

function action(table: Operation["table"], ...fields: InputField[]): Operation {
  return { name: "switch", title: "Switch", table, isDisruptive: false, fields }
}

test("an action of the schedule that asks yes or no switches it", () => {
  const found = switchOf(schedule(), undefined, [action("backupSchedules", yesNo("enabled"))])
  expect(found).toMatchObject({ resourceId: "backupSchedules_1" })
  expect(found?.inputFor(false)).toEqual({ enabled: false })
})

test("a pause is the other way round", () => {
  const found = switchOf(schedule(), undefined, [action("backupSchedules", yesNo("paused"))])
  expect(found?.inputFor(true)).toEqual({ paused: false })
})

test("an action of the site does when it asks which of the schedules is meant", () => {
  const actions = [action("webServices", choice("storage", "local", "remote"), yesNo("enabled"))]
  const found = switchOf(schedule({ storage: "remote" }), site(), actions)
  expect(found).toMatchObject({ resourceId: "webServices_1" })
  expect(found?.inputFor(true)).toEqual({ storage: "remote", enabled: true })
  expect(switchOf(schedule({ storage: null }), site(), actions)).toBeUndefined()
  expect(switchOf(schedule(), undefined, actions)).toBeUndefined()
})

test("what switches something else, or asks for more than is known, is no switch of a schedule", () => {
  const others = [
    action("webServices", yesNo("enabled")),
    action("webServices", choice("firewall", "a", "b"), yesNo("enabled")),
    action("webServices", choice("storage", "local", "remote"), yesNo("withUploads")),
    action("backupSchedules", textField("name", "Name"), yesNo("enabled")),
    action("servers", choice("storage", "local"), yesNo("enabled")),
  ]
  expect(switchOf(schedule(), site(), others)).toBeUndefined()
})
