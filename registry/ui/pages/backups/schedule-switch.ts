import type { InputField, Operation } from "../../../engine/provision-report.ts"
import type { Schedule, Site } from "./backup-links.ts"

/** What switches a schedule on and off. */
export interface ScheduleSwitch {
  /** Of the schedule, or of its site. */
  resourceId: string
  action: Operation
  inputFor(isOn: boolean): Record<string, unknown>
}

const ON = /^(is)?(enabled|active|on)$/i
const OFF = /^(is)?(disabled|paused|suspended|off)$/i

/** Columns that say which of several schedules of a site is meant. A name is as often the name of something else. */
const TELLING = ["storage", "storageService", "frequency", "backupIntegrationProviderId"] as const

/**
 * An action that asks for nothing but yes or no, and for what the schedule itself tells. Of the site, it has to ask for
 * something of the schedule: otherwise it switches something else of the site.
 */
export function switchOf(
  schedule: Schedule,
  site: Site | undefined,
  actions: readonly Operation[],
): ScheduleSwitch | undefined {
  for (const action of actions) {
    const target =
      action.table === "backupSchedules" ? schedule : action.table === "webServices" ? site : undefined
    if (!target) continue
    const input = inputOf(action.fields, schedule)
    if (!input || (target === site && Object.keys(input.told).length === 0)) continue
    return {
      resourceId: target.id,
      action,
      inputFor: (isOn) => ({ ...input.told, [input.name]: input.isInverted ? !isOn : isOn }),
    }
  }
  return undefined
}

function inputOf(fields: readonly InputField[], schedule: Schedule) {
  const switches = fields.filter(
    ({ name, input }) => input === "boolean" && (ON.test(name) || OFF.test(name)),
  )
  const [only, ...more] = switches
  if (!only || more.length > 0) return undefined
  const told: Record<string, unknown> = {}
  for (const field of fields) {
    if (field === only) continue
    const column = TELLING.find((name) => name === field.name)
    const value = column && schedule[column]
    const fits = value && (field.choices === null || field.choices.includes(value))
    if (fits) told[field.name] = value
    else if (field.isRequired) return undefined
  }
  return { name: only.name, isInverted: OFF.test(only.name), told }
}
