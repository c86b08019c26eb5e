import type { DockStatus, ProviderInfo } from "../../../engine/reading.ts"
import type { ResourceTableName } from "../../../schema/index.ts"
import { useMay, useRead } from "../../data/hooks.tsx"
import type { Answering } from "../../states/loaded.tsx"
import type { BackupRows } from "./backup-links.ts"
import { useAllRows } from "./use-all-rows.ts"

/** All that this page knows, of all accounts or of one. */
export interface Backups extends BackupRows {
  providers: readonly ProviderInfo[]
  docks: readonly DockStatus[]
  /** There is more than was read. */
  isPart: boolean
}

/** What the accounts say of their backups, put together. */
export function useBackups(dock: string | undefined): Answering<Backups> {
  const filter = dock === undefined ? {} : { docks: [dock] }
  const schedules = useAllRows("backupSchedules", filter)
  const integrations = useAllRows("backupIntegrations", filter)
  const backups = useAllRows("backups", filter)
  const sites = useAllRows("webServices", filter)
  // A role may see backups, and not the accounts that they are in: then none is named, and nothing is said to be missing.
  const maySeeDocks = useMay("docks")
  const providers = useRead("providers", {}, { enabled: maySeeDocks === true })
  const docks = useRead("docks", {}, { enabled: maySeeDocks === true })
  const seen =
    maySeeDocks === false
      ? { providers: [], docks: [] }
      : providers.data && docks.data && { providers: providers.data, docks: docks.data }
  const rows = [schedules, integrations, backups, sites]
  const all = maySeeDocks === false ? rows : [...rows, providers, docks]
  const refetch = () => Promise.all(all.map((query) => query.refetch()))
  const error = all.find(({ error }) => error)?.error ?? null
  if (!schedules.data || !integrations.data || !backups.data || !sites.data || !seen) {
    return { data: undefined, error, refetch }
  }
  const pages = [schedules.data, integrations.data, backups.data, sites.data]
  const data: Backups = {
    schedules: schedules.data.rows,
    integrations: integrations.data.rows,
    backups: backups.data.rows,
    sites: sites.data.rows,
    ...seen,
    isPart: pages.some(({ total, rows }) => total > rows.length),
  }
  return { data, error, refetch }
}

/** Accounts whose provider has such rows. */
export function docksWith({ docks, providers }: Backups, table: ResourceTableName): readonly DockStatus[] {
  const able = providers.filter(({ tables }) => tables.includes(table)).map(({ provider }) => provider)
  return docks.filter(({ provider }) => able.includes(provider))
}
