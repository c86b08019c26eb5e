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

/** What an address asks for: a kind by its name, in an account by its id or name. */
export interface Asked {
  kind?: string | undefined
  dock?: string | undefined
}

/** What that leaves to choose from: several providers may have a kind of that name. */
export function askedFor(
  makeable: ReadonlyMap<ResourceTableName, readonly Makeable[]>,
  { kind, dock }: Asked,
): Map<ResourceTableName, Makeable[]> {
  const left = new Map<ResourceTableName, Makeable[]>()
  for (const [table, all] of makeable) {
    const fitting = all
      .filter((of) => kind === undefined || of.kind.name === kind)
      .map((of) => ({ ...of, docks: of.docks.filter((one) => isAsked(one, dock)) }))
      .filter(({ docks }) => docks.length > 0)
    if (fitting.length > 0) left.set(table, fitting)
  }
  return left
}

/** Undefined as long as there is a choice. Of the accounts of one provider, the form itself lets choose. */
export function onlyOne(
  makeable: ReadonlyMap<ResourceTableName, readonly Makeable[]>,
  { kind, dock }: Asked,
): { of: Makeable; dock: DockStatus } | undefined {
  const all = [...makeable.values()].flat().filter((of) => of.kind.name === kind)
  const fitting = all.filter(({ docks }) => docks.some((one) => isAsked(one, dock)))
  const [of, ...others] = fitting
  const found = of?.docks.find((one) => isAsked(one, dock))
  return of && found && others.length === 0 ? { of, dock: found } : undefined
}

function isAsked({ id, name }: DockStatus, dock: string | undefined): boolean {
  return dock === undefined || id === dock || name === dock
}
