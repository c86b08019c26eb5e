import { type Backup, type BackupRows, linksOf, type Schedule, type Site } from "./backup-links.ts"
import { intervalOf, takenOf } from "./backup-times.ts"

/** What is wrong with backups, or may be. Each concerns all rows that it is wrong with. */
export interface BackupAlert {
  kind:
    | "failing" // the provider says that a schedule is in error
    | "failed" // a backup failed, and none has succeeded since
    | "late" // no run for much longer than the schedule promises
    | "overdue" // the next run should have been
    | "no-storage" // a remote schedule without a place to go to
    | "bad-storage" // its place is in error
    | "unprotected" // a site that nothing backs up
  severity: "bad" | "warning"
  concerns: Concern[]
}

export interface Concern {
  row: Schedule | Backup | Site
  /** Of the site, where one is known. */
  name: string
  /** The last run that is known, or when it should have been. */
  at: string | null
}

interface Asked extends BackupRows {
  /** When each dock was read last, by its id: what has happened since, nobody knows. */
  syncedAt: ReadonlyMap<string, string | null>
  /** Docks that list schedules, so that a site without one has none. */
  listSchedules: ReadonlySet<string>
  /** Docks that list backups, so that one which is not there was not made. */
  listBackups: ReadonlySet<string>
}

const HOUR = 3_600_000

export function backupAlerts(asked: Asked): BackupAlert[] {
  const { schedules, backups, sites, syncedAt, listSchedules } = asked
  const links = linksOf(asked)
  const enabled = schedules.filter(({ status }) => status === "enabled")
  const named = (row: Schedule | Backup, at: string | null): Concern => ({
    row,
    name: links.siteOf(row)?.name ?? row.name,
    at,
  })
  const remote = enabled.filter(({ storage }) => storage === "remote")

  return [
    alert(
      "failing",
      "bad",
      schedules.filter(({ status }) => status === "error").map((row) => named(row, row.lastRunAt)),
    ),
    alert(
      "failed",
      "bad",
      backups.filter((backup) => isLastWord(backup, backups)).map((row) => named(row, row.takenAt)),
    ),
    alert(
      "late",
      "bad",
      enabled.flatMap((row) => {
        const late = lateness(row, links.backupsOf(row), asked)
        return late ? named(row, late.last) : []
      }),
    ),
    alert(
      "overdue",
      "warning",
      enabled.flatMap((row) => {
        const isPast = row.nextRunAt !== null && Date.parse(row.nextRunAt) < readAt(row, syncedAt) - HOUR
        return isPast ? named(row, row.nextRunAt) : []
      }),
    ),
    alert(
      "no-storage",
      "warning",
      remote
        .filter((row) => row.storageService === null && !links.integrationOf(row))
        .map((row) => named(row, row.lastRunAt)),
    ),
    alert(
      "bad-storage",
      "bad",
      remote
        .filter((row) => links.integrationOf(row)?.status === "error")
        .map((row) => named(row, row.lastRunAt)),
    ),
    alert(
      "unprotected",
      "warning",
      sites
        .filter((site) => listSchedules.has(site.dockId) && isWorthKeeping(site))
        .filter((site) => !isProtected(site, links.schedulesOf(site), enabled))
        .map((row) => ({ row, name: row.name, at: null })),
    ),
  ].filter(({ concerns }) => concerns.length > 0)
}

function alert(
  kind: BackupAlert["kind"],
  severity: BackupAlert["severity"],
  concerns: Concern[],
): BackupAlert {
  return { kind, severity, concerns }
}

/** Twice as long as promised, and an hour for its work: whoever runs a little late is not called out. */
function lateness(
  schedule: Schedule,
  backups: readonly Backup[],
  { syncedAt, listBackups }: Asked,
): { last: string | null } | null {
  const interval = intervalOf(schedule)
  if (interval === null) return null
  const isOld = (at: number, tolerance: number) =>
    readAt(schedule, syncedAt) - at - tolerance > 2 * interval + HOUR
  if (schedule.lastRunAt !== null) {
    return isOld(Date.parse(schedule.lastRunAt), 0) ? { last: schedule.lastRunAt } : null
  }
  if (!listBackups.has(schedule.dockId)) return null
  const taken = backups.filter(({ status }) => status !== "failed").map(takenOf)
  // One whose time nobody knows may be the newest.
  if (taken.includes(null)) return null
  const known = taken.filter((one) => one !== null)
  // A new schedule has had no time to run yet.
  if (known.length === 0) return isOld(Date.parse(schedule.createdAt), 0) ? { last: null } : null
  const newest = known.reduce((a, b) => (b.at > a.at ? b : a))
  return isOld(newest.at, newest.tolerance) ? { last: new Date(newest.at).toISOString() } : null
}

/** What was never read to its end is never late. */
function readAt({ dockId }: Schedule, syncedAt: Asked["syncedAt"]): number {
  return Date.parse(syncedAt.get(dockId) ?? "1970-01-01T00:00:00.000Z")
}

/** A failure that a later success has made good is history. */
function isLastWord(backup: Backup, all: readonly Backup[]): boolean {
  if (backup.status !== "failed") return false
  const taken = takenOf(backup)
  return !all.some((other) => {
    const isSame =
      other.status === "available" &&
      other.dockId === backup.dockId &&
      other.webServiceProviderId === backup.webServiceProviderId &&
      other.databaseProviderId === backup.databaseProviderId &&
      other.serverProviderId === backup.serverProviderId &&
      other.storage === backup.storage
    return isSame && (takenOf(other)?.at ?? 0) > (taken?.at ?? Number.POSITIVE_INFINITY)
  })
}

/** What is a copy of another site, or is switched off, is nobody's only copy. */
function isWorthKeeping({ environment, parentProviderId, status }: Site): boolean {
  const isLive = status === "active" || status === "error" || status === "unknown" || status === "deploying"
  return isLive && parentProviderId === null && (environment === null || environment === "production")
}

/** By a schedule of its own, or by one of the whole server. */
function isProtected(site: Site, own: readonly Schedule[], enabled: readonly Schedule[]): boolean {
  if (own.some(({ status }) => status !== "disabled")) return true
  if (site.serverProviderId === null) return false
  return enabled.some(
    (schedule) =>
      schedule.dockId === site.dockId &&
      schedule.webServiceProviderId === null &&
      schedule.databaseProviderId === null &&
      schedule.serverProviderId === site.serverProviderId,
  )
}
