import type { AnyDock } from "../core/dock.ts"
import type { Action, Provision } from "../core/provision.ts"
import type { ResourceRow, ResourceTableName } from "../schema/index.ts"
import { parseRowId } from "../schema/row-id.ts"
import type { Context } from "./context.ts"
import { StackdockError } from "./errors.ts"
import { inputFields } from "./input-fields.ts"
import type { Operation } from "./provision-report.ts"

/** What a dock can make, with the fields of each kind. */
export function kindsOf(definition: AnyDock): Operation[] {
  return Object.entries(definition.provision ?? {}).map(([name, { title, table, input }]) => ({
    name,
    title,
    table,
    isDisruptive: false,
    fields: inputFields(input),
  }))
}

/** What a dock can do to rows, table by table. */
export function actionsOf(definition: AnyDock): Operation[] {
  return Object.values(definition.actions ?? {}).flatMap((ofTable) =>
    Object.entries(ofTable).map(([name, { title, table, input, isDisruptive = false }]) => ({
      name,
      title,
      table,
      isDisruptive,
      fields: inputFields(input),
    })),
  )
}

export function findKind({ provision = {}, title, provider }: AnyDock, kind: string): Provision {
  const found = Object.hasOwn(provision, kind) ? provision[kind] : undefined
  if (found) return found
  const known = Object.keys(provision)
  throw new StackdockError(
    "unknown_kind",
    `${title} cannot make "${kind}".`,
    known.length > 0 ? `It makes ${known.join(", ")}.` : `The ${provider} dock only reads.`,
  )
}

/** The kind that a row is of, so that it can be removed. */
export function kindOfRow(definition: AnyDock, table: ResourceTableName, row: ResourceRow) {
  const fitting = Object.entries(definition.provision ?? {}).filter(
    ([, provision]) => provision.table === table && (provision.appliesTo?.(row) ?? true),
  )
  const [first] = fitting
  if (!first) {
    throw new StackdockError(
      "not_possible",
      `The ${definition.provider} dock cannot remove "${row.name}" from ${table}.`,
      `Remove it at ${definition.title}; the next sync sees that it is gone.`,
    )
  }
  // To remove it the wrong way would find nothing, and say that it is gone.
  if (fitting.some(([, { destroy }]) => destroy !== first[1].destroy)) {
    throw new StackdockError(
      "not_possible",
      `"${row.name}" may be of several kinds: ${fitting.map(([kind]) => kind).join(", ")}.`,
      "This is a mistake in the dock: `appliesTo` has to tell them apart.",
    )
  }
  const [kind, provision] = first
  return { kind, provision }
}

export function findAction(
  definition: AnyDock,
  table: ResourceTableName,
  row: ResourceRow,
  name: string,
): Action {
  const ofTable: Readonly<Record<string, Action>> = definition.actions?.[table] ?? {}
  const fitting = Object.entries(ofTable).filter(([, action]) => action.appliesTo?.(row) ?? true)
  const found = fitting.find(([known]) => known === name)
  if (found) return found[1]
  throw new StackdockError(
    "unknown_action",
    `${definition.title} has no "${name}" for "${row.name}".`,
    fitting.length > 0
      ? `It has ${fitting.map(([known]) => known).join(", ")}.`
      : `The ${definition.provider} dock has no actions for it.`,
  )
}

/** A row by its id, which tells its table: `servers_12`. */
export async function findResource(
  context: Context,
  id: string,
): Promise<{ table: ResourceTableName; row: ResourceRow }> {
  const { rows } = await context.store()
  const { orgId } = context
  const table = parseRowId(id)?.table
  const row = table && (await rows.find(table, { orgId, id }))
  if (row) return { table, row }
  throw new StackdockError(
    "unknown_resource",
    `There is no resource "${id}".`,
    "Its id is in the list of its table: npx stackdock resources <table>",
  )
}
