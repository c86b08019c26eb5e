import {
  type DataModelFromSchemaDefinition,
  defineTable,
  type SchemaDefinition,
  type TableDefinition,
} from "convex/server"
import { type GenericId, type GenericValidator, type VObject, v } from "convex/values"
import { type ResourceRow, type ResourceTableName, resourceTables, systemTables } from "../../schema/index.ts"
import type { ResourceTable, Row, Table } from "../../schema/table.ts"
import { columnValidators, type Kept } from "./validators.ts"

/**
 * StackDock's tables, derived from the universal schema: `defineSchema({ ...stackdockTables, … })` in your own
 * `convex/schema.ts`.
 */
export const stackdockTables = {
  ...resourceDefinitions(),
  docks: systemTable(systemTables.docks)
    .index("by_row_id", ["id"])
    .index("by_org_name", ["orgId", "name"])
    .index("by_sealed", ["isSealed", "id"]),
  syncRuns: systemTable(systemTables.syncRuns)
    .index("by_row_id", ["id"])
    .index("by_org", ["orgId", "startedAt"])
    .index("by_dock", ["dockId", "startedAt"])
    .index("by_status", ["dockId", "status"]),
  syncScopes: systemTable(systemTables.syncScopes).index("by_dock", ["dockId", "tableName", "scope"]),
  provisionings: systemTable(systemTables.provisionings)
    .index("by_row_id", ["id"])
    .index("by_key", ["orgId", "idempotencyKey"])
    .index("by_org", ["orgId", "createdAt"])
    .index("by_dock", ["dockId", "createdAt"])
    .index("by_resource", ["dockId", "tableName", "providerResourceId"])
    .index("by_org_state", ["orgId", "state", "createdAt"])
    .index("by_state", ["state", "updatedAt"]),
  auditLog: systemTable(systemTables.auditLog)
    .index("by_row_id", ["id"])
    .index("by_org", ["orgId", "at"])
    .index("by_actor", ["orgId", "actor", "at"])
    .index("by_actor_result", ["orgId", "actor", "result", "at"])
    .index("by_result", ["orgId", "result", "at"])
    .index("by_target", ["orgId", "targetTable", "targetId", "at"]),
  resourceChanges: systemTable(systemTables.resourceChanges)
    .index("by_org", ["orgId", "at"])
    .index("by_resource", ["orgId", "resourceId", "at"])
    .index("by_dock", ["dockId", "at"]),
  organizations: systemTable(systemTables.organizations)
    .index("by_row_id", ["id"])
    .index("by_slug", ["slug"]),
  memberships: systemTable(systemTables.memberships)
    .index("by_org_user", ["orgId", "userId"])
    .index("by_org_role", ["orgId", "role"])
    .index("by_user", ["userId"]),
  /** When each connected dock is synced next, for the clock to find without looking at the others. */
  syncSchedules: defineTable({
    orgId: v.string(),
    dockId: v.string(),
    dueAt: v.string(),
    /** How many syncs in a row have failed: each doubles the wait. */
    failures: v.number(),
  })
    .index("by_dock", ["dockId"])
    .index("by_due", ["dueAt"]),
  /** The provider's answer behind each row, apart from it: lists need not read it, and few may see it. */
  resourceData: defineTable({ orgId: v.string(), dockId: v.string(), fullApiData: v.string() }).index(
    "by_dock",
    ["dockId"],
  ),
  /** How many live rows there are, kept up with every write: a dashboard must not count by reading them. */
  resourceCounts: defineTable({
    orgId: v.string(),
    dockId: v.string(),
    provider: v.string(),
    tableName: v.string(),
    status: v.string(),
    count: v.number(),
  })
    .index("by_org", ["orgId", "tableName"])
    .index("by_dock", ["dockId", "tableName", "status"]),
}

/** What a document of a resource table holds beside the row, and in place of its `fullApiData`. */
export type ResourceDocument<R extends ResourceRow = ResourceRow> = Omit<R, "fullApiData"> & {
  /** That `deletedAt` is set: an index can hold both kinds apart, each in the order of names. */
  isDeleted: boolean
  dataId: GenericId<"resourceData">
}

type SystemDocument<T extends Table> = Kept<Row<T>> &
  (T["name"] extends "docks" ? { isSealed: boolean } : unknown)

type Validated<Document> = VObject<
  Document,
  Record<keyof Document & string, GenericValidator>,
  "required",
  keyof Document & string
>

function systemTable<T extends Table>(table: T) {
  const fields = columnValidators(table)
  // A dock that has a credential, in an index: keys are changed without reading the others.
  if (table.name === "docks") fields["isSealed"] = v.boolean()
  return defineTable(v.object(fields) as unknown as Validated<SystemDocument<T>>)
}

/** The same indexes for each: what a sync asks, what lists ask, and the search for a name. */
function indexed(table: ResourceTable) {
  const definition = withCommonIndexes(table)
  for (const column of [...linkColumns(table), ...table.lookups]) withColumnIndex(definition, column)
  return definition as ReturnType<typeof withColumnIndex>
}

/** Rows by what one column holds. Which columns that are differs from table to table; the types know one that stands for all. */
function withColumnIndex(definition: ReturnType<typeof withCommonIndexes>, column: string) {
  return definition.index(columnIndex(column), ["orgId", "isDeleted", column as AnyColumn])
}

export function columnIndex(column: string) {
  return `by_${column}` as "by_column"
}
export type AnyColumn = "name"

/** Columns that hold the id of another row of the dock. */
function linkColumns({ own }: ResourceTable): string[] {
  return Object.keys(own).filter((column) => column.endsWith("ProviderId"))
}

function withCommonIndexes(table: Table) {
  const { fullApiData: _, ...columns } = columnValidators(table)
  const fields = { ...columns, isDeleted: v.boolean(), dataId: v.id("resourceData") }
  return defineTable(v.object(fields) as unknown as Validated<ResourceDocument>)
    .index("by_row_id", ["id"])
    .index("by_identity", ["dockId", "providerResourceId"])
    .index("by_scope", ["dockId", "scope", "isDeleted"])
    .index("by_org", ["orgId", "isDeleted", "name"])
    .index("by_dock", ["dockId", "isDeleted", "name"])
    .index("by_dock_status", ["dockId", "status", "isDeleted", "name"])
    .index("by_provider", ["orgId", "provider", "isDeleted", "name"])
    .index("by_provider_status", ["orgId", "provider", "status", "isDeleted", "name"])
    .index("by_status", ["orgId", "status", "isDeleted", "name"])
    .searchIndex("by_text", {
      searchField: "name",
      filterFields: ["orgId", "dockId", "provider", "status", "isDeleted"],
    })
}

type Indexed<Document> =
  ReturnType<typeof indexed> extends TableDefinition<infer _, infer Indexes, infer SearchIndexes>
    ? TableDefinition<Validated<Document>, Indexes, SearchIndexes>
    : never

type ResourceDefinitions = {
  [Name in ResourceTableName]: Indexed<ResourceDocument<ResourceRow<Name>>>
}

function resourceDefinitions(): ResourceDefinitions {
  const definitions = Object.entries(resourceTables).map(([name, table]) => [name, indexed(table)])
  return Object.fromEntries(definitions) as ResourceDefinitions
}

/** The tables as the store's own functions see them: of a row, only what all tables have, so that one code fits all. */
export type StoreModel = Omit<
  DataModelFromSchemaDefinition<SchemaDefinition<typeof stackdockTables, true>>,
  ResourceTableName
> & { [Name in ResourceTableName]: AnyResourceTable }

type AnyResourceTable = Omit<IndexedModel["rows"], "document"> & {
  document: ResourceDocument & { _id: GenericId<ResourceTableName>; _creationTime: number }
}
type IndexedModel = DataModelFromSchemaDefinition<
  SchemaDefinition<{ rows: ReturnType<typeof indexed> }, true>
>
