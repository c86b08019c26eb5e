import type { z } from "zod"
import type { ResourceRow, ResourceTableName } from "../schema/index.ts"
import type { resourceColumns } from "../schema/table.ts"
import type { Listing } from "./page.ts"

/** A part of an account that is listed on its own: a region, a zone, a site. */
export interface Scope<Data = unknown> {
  /** Stable and unique within the table: `zone/023e105f`. */
  readonly id: string
  /** For people. */
  readonly name?: string
  /** What `list` and `map` need to know of it. */
  readonly data?: Data
}

/** The scope of a table that is listed in one go. */
export const ACCOUNT_SCOPE = "account"

type EngineColumns = Exclude<
  keyof typeof resourceColumns,
  "providerResourceId" | "name" | "providerStatus" | "providerUrl"
>

type Nullable<T> = { [Key in keyof T as null extends T[Key] ? Key : never]?: T[Key] | undefined }
type Told<T> = { [Key in keyof T as null extends T[Key] ? never : Key]: T[Key] }

/**
 * What a mapping returns: the columns the provider can fill. Columns it leaves out become null.
 * The rest (ids, hash, times, provisioning) belong to the engine.
 */
export type MappedRow<Name extends ResourceTableName = ResourceTableName> = Name extends ResourceTableName
  ? Nullable<Omit<ResourceRow<Name>, EngineColumns>> & Told<Omit<ResourceRow<Name>, EngineColumns>>
  : never

/** How one universal table is filled: where the raw items come from, and the pure mapping onto rows. */
export interface Resource<
  Name extends ResourceTableName = ResourceTableName,
  Api = unknown,
  Wire extends z.ZodType = z.ZodType,
  Data = unknown,
> {
  /** What an item must look like. Only what identifies it is required; see `docs/writing-a-dock.md`. */
  readonly wire: Wire
  /** Without it, the table is one scope: the account. */
  scopes?(api: Api): Listing<Scope<Data>>
  list(api: Api, scope: Scope<Data>): Listing
  /** Pure: the same item gives the same rows. Several rows where one item holds several things. */
  map(item: z.output<Wire>, scope: Scope<Data>): MappedRow<Name> | readonly MappedRow<Name>[]
  /** Keys, at any depth, whose values are secret though their names do not say so. */
  readonly redact?: readonly string[]
  /** Top-level keys that change with every answer and mean nothing; a change in them alone rewrites no row. */
  readonly volatile?: readonly string[]
}

/**
 * Ties a wire shape to its listing and its mapping. The table's name comes first so that `map` is checked against
 * that table's columns.
 */
export function resource<const Name extends ResourceTableName, Api, Wire extends z.ZodType, Data = undefined>(
  _table: Name,
  wire: Wire,
  parts: Omit<Resource<Name, Api, Wire, Data>, "wire">,
): Resource<Name, Api, Wire, Data> {
  return { wire, ...parts }
}
