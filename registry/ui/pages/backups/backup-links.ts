import type { ListedResource } from "../../../engine/reading.ts"

export type Schedule = ListedResource<"backupSchedules">
export type Integration = ListedResource<"backupIntegrations">
export type Backup = ListedResource<"backups">
export type Site = ListedResource<"webServices">

/** Rows of one account that name each other by the provider's ids. */
export interface BackupRows {
  schedules: readonly Schedule[]
  integrations: readonly Integration[]
  backups: readonly Backup[]
  sites: readonly Site[]
}

export interface BackupLinks {
  siteOf(row: Pick<Schedule, "dockId" | "webServiceProviderId">): Site | undefined
  /** The one that is named, or else one that says that it serves the site. */
  integrationOf(row: Schedule): Integration | undefined
  /** Sites that use it, as it says itself or as schedules name it. Null where neither does. */
  usersOf(integration: Integration): Site[] | null
  /** Backups of the same site in the same kind of place. */
  backupsOf(schedule: Schedule): readonly Backup[]
  schedulesOf(site: Site): readonly Schedule[]
}

export function linksOf({ schedules, integrations, backups, sites }: BackupRows): BackupLinks {
  const siteAt = new Map(sites.map((site) => [key(site.dockId, site.providerResourceId), site]))
  const integrationAt = new Map(integrations.map((one) => [key(one.dockId, one.providerResourceId), one]))
  const servingAt = new Map(
    integrations.flatMap((one) =>
      (one.webServiceProviderIds ?? []).map((id) => [key(one.dockId, id), one] as const),
    ),
  )
  const backupsAt = grouped(backups, ({ dockId, webServiceProviderId, storage }) =>
    key(dockId, webServiceProviderId, storage),
  )
  const schedulesAt = grouped(schedules, ({ dockId, webServiceProviderId }) =>
    key(dockId, webServiceProviderId),
  )

  return {
    siteOf: ({ dockId, webServiceProviderId }) => siteAt.get(key(dockId, webServiceProviderId)),
    integrationOf: ({ dockId, backupIntegrationProviderId, webServiceProviderId, storage }) =>
      backupIntegrationProviderId === null
        ? storage === "remote"
          ? servingAt.get(key(dockId, webServiceProviderId))
          : undefined
        : integrationAt.get(key(dockId, backupIntegrationProviderId)),
    usersOf({ dockId, providerResourceId, webServiceProviderIds }) {
      const named = schedules.filter(
        (schedule) =>
          schedule.dockId === dockId && schedule.backupIntegrationProviderId === providerResourceId,
      )
      if (webServiceProviderIds === null && named.length === 0) return null
      const ids = new Set([
        ...(webServiceProviderIds ?? []),
        ...named.flatMap((schedule) => schedule.webServiceProviderId ?? []),
      ])
      return [...ids].flatMap((id) => siteAt.get(key(dockId, id)) ?? [])
    },
    backupsOf: ({ dockId, webServiceProviderId, storage }) =>
      backupsAt.get(key(dockId, webServiceProviderId, storage)) ?? [],
    schedulesOf: ({ dockId, providerResourceId }) => schedulesAt.get(key(dockId, providerResourceId)) ?? [],
  }
}

function key(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts)
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}
