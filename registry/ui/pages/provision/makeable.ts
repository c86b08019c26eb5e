import type { Operation } from "../../../engine/provision-report.ts"
import type { DockStatus, ProviderInfo } from "../../../engine/reading.ts"
import type { ResourceTableName } from "../../../schema/index.ts"

/** Something that can be made, and where. */
export interface Makeable {
  provider: ProviderInfo
  kind: Operation
  /** The connected accounts in which it can be made. */
  docks: DockStatus[]
}

/** What can be made at one or another of the connected accounts, table by table. */
export function makeableByTable(
  providers: readonly ProviderInfo[],
  docks: readonly DockStatus[],
): Map<ResourceTableName, Makeable[]> {
  const byTable = new Map<ResourceTableName, Makeable[]>()
  for (const provider of providers) {
    const own = docks.filter((dock) => dock.provider === provider.provider && dock.status !== "disconnected")
    if (own.length === 0) continue
    for (const kind of provider.kinds) {
      const others = byTable.get(kind.table) ?? []
      byTable.set(kind.table, [...others, { provider, kind, docks: own }])
    }
  }
  return byTable
}

/** What an address asks for: a kind by its name, which several providers may have, in an account by its id or name. */
export function chosenFrom(
  makeable: Iterable<Makeable>,
  { kind, dock }: { kind?: string | undefined; dock?: string | undefined },
): { of: Makeable; dock: DockStatus } | undefined {
  for (const of of makeable) {
    if (of.kind.name !== kind) continue
    const found = of.docks.find(({ id, name }) => dock === undefined || id === dock || name === dock)
    if (found) return { of, dock: found }
  }
  return undefined
}
