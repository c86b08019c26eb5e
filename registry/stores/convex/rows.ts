import { type DocumentByName, paginationOptsValidator } from "convex/server"
import { type Infer, v } from "convex/values"
import type { RowMarks } from "../../engine/ports.ts"
import type { ResourceRow, ResourceTableName } from "../../schema/index.ts"
import { isResourceTable } from "../../schema/index.ts"
import { rowId } from "../../schema/row-id.ts"
import { noteChange, noteWrite } from "./changes.ts"
import { CountChanges, type Counted, countsOf } from "./counts.ts"
import { mustFindDock } from "./docks.ts"
import { type Reader, reads, type Writer, writes } from "./operation.ts"
import type { StoreModel } from "./tables.ts"
import type { Kept } from "./validators.ts"

export type RowDocument = DocumentByName<StoreModel, ResourceTableName>

/** A row as it goes between an action and the database: its JSON is text on the way. */
export type SentRow = Pick<Kept<ResourceRow>, keyof ResourceRow>

export const rowKey = { orgId: v.string(), dockId: v.string(), providerResourceId: v.string() }

const marksArg = v.record(v.string(), v.union(v.string(), v.null()))

export const rowFilter = v.object({
  orgId: v.string(),
  dockId: v.optional(v.string()),
  provider: v.optional(v.string()),
  scope: v.optional(v.string()),
  deleted: v.optional(v.boolean()),
})

export const rowOperations = {
  /** In the order of names. Without `withData`, the provider's answers stay out. */
  pageRows: reads(
    { table: v.string(), filter: rowFilter, withData: v.boolean(), paginationOpts: paginationOptsValidator },
    async (db, { table, filter, withData, paginationOpts }) => {
      const { page, isDone, continueCursor } = await matching(db, tableOf(table), filter).paginate(
        paginationOpts,
      )
      const sent = withData ? await Promise.all(page.map((row) => sentRow(db, tableOf(table), row))) : []
      return { rows: sent, count: page.length, isDone, continueCursor }
    },
  ),
  countRows: reads(
    {
      table: v.string(),
      orgId: v.string(),
      dockId: v.optional(v.string()),
      provider: v.optional(v.string()),
    },
    async (db, { table, orgId, dockId, provider }) =>
      (await countsOf(db, orgId, table))
        .filter((row) => dockId === undefined || row.dockId === dockId)
        .filter((row) => provider === undefined || row.provider === provider)
        .reduce((sum, { count }) => sum + count, 0),
  ),
  findRow: reads(
    { table: v.string(), orgId: v.string(), id: v.string() },
    async (db, { table, orgId, id }) => {
      const row = await rowById(db, tableOf(table), orgId, id)
      return row && (await sentRow(db, tableOf(table), row))
    },
  ),
  findRowByKey: reads({ table: v.string(), ...rowKey }, async (db, { table, ...key }) => {
    const row = await rowByKey(db, tableOf(table), key)
    return row && (await sentRow(db, tableOf(table), row))
  }),
  putRow: writes(
    {
      table: v.string(),
      orgId: v.string(),
      dockId: v.string(),
      provider: v.string(),
      scope: v.string(),
      row: v.any(),
      marks: marksArg,
      now: v.string(),
    },
    async (db, { table, orgId, dockId, provider, scope, row, marks, now }) => {
      await mustFindDock(db, orgId, dockId)
      const counted = { orgId, dockId, provider, table: tableOf(table) }
      const counts = new CountChanges()
      const sent: SentRow = row
      const old = await rowByKey(db, counted.table, {
        orgId,
        dockId,
        providerResourceId: sent.providerResourceId,
      })
      const written = await writeRow(db, counted, { scope, now, isKnown: true }, sent, old, counts)
      await changeMarks(db, counted.table, written, marks, now, counts)
      await counts.apply(db, counted)
    },
  ),
  markRow: writes(
    { table: v.string(), ...rowKey, marks: marksArg, now: v.string() },
    async (db, { table, marks, now, ...key }) => {
      const row = await rowByKey(db, tableOf(table), key)
      if (!row) return
      const counts = new CountChanges()
      await changeMarks(db, tableOf(table), row, marks, now, counts)
      await counts.apply(db, { ...row, table: tableOf(table) })
    },
  ),
}

export function tableOf(name: string): ResourceTableName {
  if (isResourceTable(name)) return name
  throw new TypeError(`There is no table "${name}".`)
}

export async function rowById(db: Reader, table: ResourceTableName, orgId: string, id: string) {
  const row = await db
    .query(table)
    .withIndex("by_row_id", (q) => q.eq("id", id))
    .unique()
  return row?.orgId === orgId ? row : null
}

export async function rowByKey(
  db: Reader,
  table: ResourceTableName,
  { orgId, dockId, providerResourceId }: { orgId: string; dockId: string; providerResourceId: string },
) {
  const row = await db
    .query(table)
    .withIndex("by_identity", (q) => q.eq("dockId", dockId).eq("providerResourceId", providerResourceId))
    .unique()
  return row?.orgId === orgId ? row : null
}

/** With the provider's answer, and when it was last seen. */
export async function sentRow(db: Reader, table: ResourceTableName, document: RowDocument): Promise<SentRow> {
  const { _id, _creationTime, isDeleted, dataId, ...row } = document
  const data = await db.get("resourceData", dataId)
  return { ...row, lastSeenAt: await lastSeenAt(db, table, document), fullApiData: data?.fullApiData ?? "{}" }
}

/** A row is not rewritten only because it was seen: then its scope's last complete listing tells when. */
export async function lastSeenAt(db: Reader, table: ResourceTableName, row: RowDocument): Promise<string> {
  if (row.isDeleted) return row.lastSeenAt
  const scope = await db
    .query("syncScopes")
    .withIndex("by_dock", (q) => q.eq("dockId", row.dockId).eq("tableName", table).eq("scope", row.scope))
    .unique()
  const completeAt = scope?.lastCompleteAt ?? ""
  if (completeAt < row.lastSeenAt) return row.lastSeenAt
  return completeAt
}

export interface Listing {
  readonly scope: string
  readonly now: string
  /** Whether the scope was ever listed whole. */
  readonly isKnown: boolean
}

/** Inserts it, or puts it in the place of the old one. Gives the document. */
export async function writeRow(
  db: Writer,
  { orgId, dockId, provider, table }: Counted & { table: ResourceTableName },
  { scope, now, isKnown }: Listing,
  { fullApiData, ...listed }: SentRow,
  old: RowDocument | null,
  counts: CountChanges,
): Promise<RowDocument> {
  counts.add(listed.status)
  const counted = { orgId, dockId, provider, table }
  const seen = { scope, updatedAt: now, lastSeenAt: now, deletedAt: null, isDeleted: false }
  if (old) {
    if (!old.isDeleted) counts.remove(old.status)
    const { _id, _creationTime, ...kept } = old
    await db.replace("resourceData", kept.dataId, { orgId, dockId, fullApiData })
    const row = { ...kept, ...listed, ...seen }
    await db.replace(table, _id, row)
    const written = { ...row, _id, _creationTime }
    await noteWrite(db, counted, { old, row: written, isKnown }, listed, now)
    return written
  }
  const dataId = await db.insert("resourceData", { orgId, dockId, fullApiData })
  const own = { id: await newRowId(db, table), orgId, dockId, provider, dataId, createdAt: now }
  const row = { ...listed, ...own, ...seen, ...NOT_PROVISIONED }
  const _id = await db.insert(table, row)
  const written = { ...row, _id, _creationTime: 0 }
  await noteWrite(db, counted, { old, row: written, isKnown }, listed, now)
  return written
}

const NOT_PROVISIONED = {
  provisioningSource: "manual",
  provisioningState: null,
  provisionedAt: null,
} as const

async function changeMarks(
  db: Writer,
  table: ResourceTableName,
  row: RowDocument,
  marks: Infer<typeof marksArg>,
  now: string,
  counts: CountChanges,
): Promise<void> {
  const changes: RowMarks = marks
  const isDeleted = changes.deletedAt === undefined ? row.isDeleted : changes.deletedAt !== null
  if (isDeleted && !row.isDeleted) counts.remove(row.status)
  if (!isDeleted && row.isDeleted) counts.add(row.status)
  const seen = isDeleted ? { lastSeenAt: await lastSeenAt(db, table, row) } : {}
  await db.patch(table, row._id, { ...changes, ...seen, isDeleted, updatedAt: now })
  if (isDeleted === row.isDeleted) return
  await noteChange(db, table, row, { kind: isDeleted ? "removed" : "returned", fields: [] }, now)
}

/** A number, as in the other stores. Convex has none to give: it is drawn, and looked for first. */
async function newRowId(db: Reader, table: ResourceTableName): Promise<string> {
  for (;;) {
    const id = rowId(table, 1 + Math.floor(Math.random() * (Number.MAX_SAFE_INTEGER - 1)))
    const taken = await db
      .query(table)
      .withIndex("by_row_id", (q) => q.eq("id", id))
      .unique()
    if (!taken) return id
  }
}

export function matching(
  db: Reader,
  table: ResourceTableName,
  { orgId, dockId, provider, scope, deleted = false }: Infer<typeof rowFilter>,
) {
  const rows = db.query(table)
  const indexed =
    dockId === undefined
      ? rows.withIndex("by_org", (q) => q.eq("orgId", orgId).eq("isDeleted", deleted))
      : rows.withIndex("by_dock", (q) => q.eq("dockId", dockId).eq("isDeleted", deleted))
  return indexed.filter((q) =>
    q.and(
      q.eq(q.field("orgId"), orgId),
      provider === undefined || q.eq(q.field("provider"), provider),
      scope === undefined || q.eq(q.field("scope"), scope),
    ),
  )
}
