import type { InputField } from "../../engine/provision-report.ts"
import type { ListedResource } from "../../engine/reading.ts"

/**
 * What the row already tells of an action's fields, so that a change begins from what is. A `name` is left alone: what an
 * action calls so is as often the name of something else, a domain to attach.
 */
export function knownInput(fields: readonly InputField[], row: ListedResource): Record<string, unknown> {
  const columns = new Map(Object.entries(row))
  const known = fields
    .filter(({ name, isSecret }) => name !== "name" && !isSecret)
    .map(({ name }) => [name, columns.get(name)] as const)
    .filter(([, value]) => value !== null && value !== undefined && typeof value !== "object")
  return Object.fromEntries(known)
}
