import type { ResourceRow, ResourceTableName } from "../schema/index.ts"
import { type Context, dockRows } from "./context.ts"
import type { Store } from "./ports.ts"
import { readableTables } from "./readable-tables.ts"
import type { ListedResource, RelatedRows } from "./reading.ts"
import { linkQuestions } from "./related-links.ts"
import { identityQuestions } from "./related-names.ts"

/** Rows of one group that are shown. */
const SHOWN = 50
/** Rows of one answer that are looked at. */
const READ = 200

/** Which rows may have to do with a row, and why. */
export interface Question {
  readonly table: ResourceTableName
  /** In the same dock, in all of the organisation, or in other docks of the same provider. */
  readonly among: "dock" | "organization" | "twins"
  readonly column: string
  readonly values: readonly string[]
  /** What an answer has to do with the row; undefined for nothing. */
  readonly is: (found: ListedResource) => Pick<RelatedRows, "relation" | "because"> | undefined
}

/** What belongs to a row, what it belongs to, and where it is seen a second time: as much of it as the caller may read. */
export async function relatedRows(
  context: Context,
  table: ResourceTableName,
  row: ResourceRow,
): Promise<RelatedRows[]> {
  const store = await context.store()
  const twins = await twinsOf(context, row)
  const readable = await readableTables(context)
  const groups = new Map<string, RelatedRows>()
  const seen = new Set([row.id])
  for (const question of [...linkQuestions(table, row), ...identityQuestions(table, row)]) {
    if (!readable.includes(question.table)) continue
    const { rows, total } = await ask(store, row, question, twins)
    let others = total - rows.length
    for (const found of rows) {
      const is = seen.has(found.id) ? undefined : question.is(found)
      if (!is) continue
      seen.add(found.id)
      const group = groupOf(groups, question.table, is)
      if (group.rows.length < SHOWN) group.rows.push(found)
      group.total += 1 + others
      others = 0
    }
  }
  return [...groups.values()].sort((a, b) => order.indexOf(a.relation) - order.indexOf(b.relation))
}

const order: readonly RelatedRows["relation"][] = ["whole", "part", "same", "duplicate"]

function groupOf(
  groups: Map<string, RelatedRows>,
  table: ResourceTableName,
  { relation, because }: Pick<RelatedRows, "relation" | "because">,
): RelatedRows {
  const key = JSON.stringify([table, relation, because])
  const group = groups.get(key) ?? { table, relation, because, rows: [], total: 0 }
  groups.set(key, group)
  return group
}

async function ask(
  store: Store,
  { orgId, dockId }: ResourceRow,
  question: Question,
  twins: readonly string[],
) {
  const { table, among, column } = question
  const values = [...new Set(question.values)].filter(Boolean)
  const docks = among === "dock" ? [dockId] : among === "twins" ? twins : undefined
  if (values.length === 0 || docks?.length === 0) return { rows: [], total: 0 }
  return await store.rows.lookup(table, { orgId, docks, column, values, limit: READ })
}

/**
 * Other docks in which a row of the same id is the same thing: those of the same account. An id that nobody would choose is
 * the same thing in any account of the provider, for somebody may be let into several.
 */
async function twinsOf(context: Context, row: ResourceRow): Promise<string[]> {
  const docks = await dockRows(context)
  const own = docks.find(({ id }) => id === row.dockId)
  return docks
    .filter(({ id, provider }) => id !== row.dockId && provider === row.provider)
    .filter(({ accountId }) => {
      return (accountId !== null && accountId === own?.accountId) || isRandom(row.providerResourceId)
    })
    .map(({ id }) => id)
}

/** A UUID, a long hexadecimal number, or a prefix with a long random text. */
function isRandom(id: string): boolean {
  return (
    /[\da-f]{24}|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/i.test(id) || /^[a-z]{2,6}_[\da-z]{20,}$/i.test(id)
  )
}
