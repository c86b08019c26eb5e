import { z } from "zod"

/** An instant, as ISO 8601 in UTC with milliseconds: it sorts as text and reads the same everywhere. */
export const timestamp = () => z.iso.datetime({ precision: 3 })

/** A column that the provider may leave open. `null` means "not told", never "none" and never a guess. */
export const text = () => z.string().nullable()
export const integer = () => z.int().nullable()
export const real = () => z.number().nullable()
export const flag = () => z.boolean().nullable()
export const instant = () => timestamp().nullable()
export const list = () => z.array(z.string()).nullable()
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values).nullable()

/** How a row came to be: found at the provider, or made through StackDock. */
export const provisioningSource = z.enum(["manual", "api"])

export const provisioningState = z.enum([
  "provisioning",
  "provisioned",
  "failed",
  "deprovisioning",
  "deprovisioned",
])

/** What every resource row carries, whatever its table. */
export const resourceColumns = {
  id: z.string(),
  orgId: z.string(),
  dockId: z.string(),
  provider: z.string(),
  /** Unique at the provider within (dock, table); for nested things a path, as `region/name`. */
  providerResourceId: z.string(),
  /** The account, zone or region under which the provider listed it. */
  scope: z.string(),
  name: z.string(),
  /** The provider's own word, kept beside the universal status. */
  providerStatus: text(),
  /** Its page in the provider's console. */
  providerUrl: text(),
  /** The provider's answer, without secrets and bounded in size. */
  fullApiData: z.record(z.string(), z.json()),
  contentHash: z.string(),
  createdAt: timestamp(),
  updatedAt: timestamp(),
  lastSeenAt: timestamp(),
  deletedAt: instant(),
  provisioningSource,
  provisioningState: provisioningState.nullable(),
  provisionedAt: instant(),
} as const

type Columns = Record<string, z.ZodType>

export interface Table<Name extends string = string, Shape extends Columns = Columns> {
  readonly name: Name
  readonly description: string
  readonly row: z.ZodObject<Shape>
  /** Column lists; the first unique one is the row's identity beside `id`. */
  readonly unique: readonly (readonly string[])[]
  readonly indexes: readonly (readonly string[])[]
}

type ResourceShape<
  Status extends readonly [string, ...string[]],
  Own extends Columns,
> = typeof resourceColumns & {
  status: z.ZodEnum<{ [Word in Status[number]]: Word }>
} & Own

export interface ResourceTable<
  Name extends string = string,
  Status extends readonly [string, ...string[]] = readonly [string, ...string[]],
  Own extends Columns = Columns,
> extends Table<Name, ResourceShape<Status, Own>> {
  readonly statuses: Status
  /** The columns that only this table has. */
  readonly own: Own
  /** Columns beside the name by whose text people look for a row: addresses, hosts, branches. */
  readonly searched: readonly string[]
  /** Columns by which a thing is known in any account. They are among those that are searched. */
  readonly lookups: readonly string[]
  /** Columns that move by themselves, as a count or the time of a last check does: no change worth telling. */
  readonly restless: readonly string[]
  /**
   * What a list shows and chooses by, in the order of names: an index of its own, so that a list reads no row which it does
   * not show. Rows are large, because of the providers' answers in them.
   */
  readonly listing: readonly string[]
}

/** A table of things that live at a provider: the common columns, a status, and its own columns. */
export function resourceTable<
  const Name extends string,
  const Status extends readonly [string, ...string[]],
  Own extends Columns,
>(definition: {
  name: Name
  description: string
  statuses: Status
  columns: Own
  searched?: readonly (keyof Own & string)[]
  lookups?: readonly (keyof Own & string)[]
  /** Columns beside the name by which lists are often sorted. */
  sorted?: readonly (keyof Own & string)[]
  restless?: readonly (keyof Own & string)[]
  indexes?: readonly (readonly (keyof Own & string)[])[]
}): ResourceTable<Name, Status, Own> {
  return {
    name: definition.name,
    description: definition.description,
    statuses: definition.statuses,
    own: definition.columns,
    searched: definition.searched ?? [],
    lookups: definition.lookups ?? [],
    restless: definition.restless ?? [],
    listing: [
      ...["orgId", "name", "id", "deletedAt", "provider", "dockId", "status"],
      ...("environment" in definition.columns ? ["environment"] : []),
      ...(definition.sorted ?? []),
      ...(definition.searched ?? []),
    ],
    row: z.object({
      ...resourceColumns,
      status: z.enum(definition.statuses),
      ...definition.columns,
    }) as unknown as z.ZodObject<ResourceShape<Status, Own>>,
    unique: [["dockId", "providerResourceId"]],
    // A table may have a million rows: an index for what is asked on every sync, and those that the table itself needs.
    indexes: [
      ["dockId", "scope", "deletedAt"],
      ...(definition.indexes ?? []).map((columns) => ["dockId", ...columns]),
    ],
  }
}

/** A table of StackDock's own. */
export function systemTable<const Name extends string, Shape extends Columns>(definition: {
  name: Name
  description: string
  columns: Shape
  unique?: readonly (readonly (keyof Shape & string)[])[]
  indexes?: readonly (readonly (keyof Shape & string)[])[]
}): Table<Name, Shape> {
  return {
    name: definition.name,
    description: definition.description,
    row: z.object(definition.columns),
    unique: definition.unique ?? [],
    indexes: definition.indexes ?? [],
  }
}

export type Row<T extends { row: z.ZodType }> = z.output<T["row"]>
