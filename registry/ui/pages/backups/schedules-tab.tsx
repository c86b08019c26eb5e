import { CalendarClockIcon } from "lucide-react"
import { useMemo } from "react"
import { StatusBadge } from "../../badges/status-badge.tsx"
import { useMay } from "../../data/hooks.tsx"
import { NotTold, Time } from "../../format/time.tsx"
import { statusWord } from "../../format/words.ts"
import { RowActions } from "../../operations/actions-menu.tsx"
import { EmptyState } from "../../states/empty.tsx"
import { columnsOf } from "../../table/columns.ts"
import { DataTable } from "../../table/data-table.tsx"
import { type Integration, linksOf, type Schedule, type Site } from "./backup-links.ts"
import { takenOf } from "./backup-times.ts"
import { RowLink } from "./row-link.tsx"
import { type ScheduleSwitch, switchOf } from "./schedule-switch.ts"
import { ScheduleToggle } from "./schedule-toggle.tsx"
import { frequencyWords, retentionWords, timeWords } from "./schedule-words.ts"
import { SearchedList } from "./searched-list.tsx"
import type { Backups } from "./use-backups.ts"

/** A schedule with what it names. */
interface Line {
  schedule: Schedule
  site: Site | undefined
  integration: Integration | undefined
  /** When it ran last: as it says, or as the newest of its backups does. */
  last: { at: string } | { name: string } | null
  /** Where it can be switched on and off. */
  by: ScheduleSwitch | undefined
}

const column = columnsOf<Line>()

const columns = column.columns([
  column.accessor(({ site, schedule }) => site?.name ?? schedule.name, {
    id: "site",
    header: "Site",
    meta: { width: 220, card: "title" },
    cell: ({ row: { original } }) => (
      <>
        <RowLink row={original.site ?? original.schedule} />
        <p className="ml-6 max-w-40 truncate text-muted-foreground text-xs sm:hidden">
          {[frequencyWords(original.schedule), original.schedule.storage].filter(Boolean).join(", ")}
        </p>
      </>
    ),
  }),
  column.accessor(({ schedule }) => schedule.status, {
    id: "status",
    header: "Status",
    meta: { width: 150, card: "side" },
    cell: ({ row: { original } }) => (
      <span className="flex items-center gap-2.5">
        {original.by && (
          <ScheduleToggle
            schedule={original.schedule}
            name={original.site?.name ?? original.schedule.name}
            by={original.by}
          />
        )}
        <StatusBadge
          table="backupSchedules"
          status={original.schedule.status}
          providerStatus={original.schedule.providerStatus}
          // A switch says as much.
          className={original.by && "max-sm:hidden"}
        />
      </span>
    ),
  }),
  column.accessor(({ schedule }) => frequencyWords(schedule), {
    id: "frequency",
    header: "Frequency",
    meta: { width: 160 },
    cell: ({ row: { original } }) => frequencyWords(original.schedule) ?? <NotTold />,
  }),
  column.accessor(({ schedule }) => timeWords(schedule), {
    id: "time",
    header: "Time",
    meta: { width: 120 },
    cell: ({ row: { original } }) => <RunTime schedule={original.schedule} />,
  }),
  column.accessor(({ schedule }) => schedule.storage, {
    id: "storage",
    header: "Goes to",
    meta: { width: 180 },
    cell: ({ row: { original } }) => <GoesTo line={original} />,
  }),
  column.accessor(({ last }) => (last && "at" in last ? last.at : (last?.name ?? null)), {
    id: "last",
    header: "Last run",
    meta: { width: 140 },
    cell: ({ row: { original } }) => <LastRun last={original.last} />,
  }),
  column.accessor(({ schedule }) => schedule.nextRunAt, {
    id: "next",
    header: "Next run",
    meta: { width: 140 },
    cell: ({ row: { original } }) => <Time at={original.schedule.nextRunAt} />,
  }),
  column.accessor(({ schedule }) => schedule.retainDays, {
    id: "kept",
    header: "Kept",
    meta: { width: 120 },
    cell: ({ row: { original } }) => (
      <span title={original.schedule.pruneRule ?? undefined}>
        {retentionWords(original.schedule) ?? <NotTold />}
      </span>
    ),
  }),
  column.display({
    id: "actions",
    header: "Actions",
    meta: { width: 64, align: "end", isPinned: true, card: "side" },
    cell: ({ row: { original } }) => <RowActions row={original.schedule} />,
  }),
])

export function SchedulesTab({ all }: { all: Backups }) {
  const mayAct = useMay("operations", "full") === true
  const lines = useMemo(() => linesOf(all, mayAct), [all, mayAct])
  return (
    <SearchedList
      lines={lines}
      textOf={({ site, schedule, integration }) => [
        site?.name,
        schedule.name,
        schedule.provider,
        schedule.status,
        schedule.storage,
        integration?.name,
      ]}
      label="Search the schedules"
    >
      {(found) => (
        <DataTable
          caption="Backup schedules"
          columns={columns}
          rows={found}
          idOf={({ schedule }) => schedule.id}
          sort={{ column: "site" }}
          empty={
            <EmptyState
              icon={CalendarClockIcon}
              title="No schedule was found"
              description="Schedules come with the next sync, once there are any at the provider."
            />
          }
        />
      )}
    </SearchedList>
  )
}

function linesOf(all: Backups, mayAct: boolean): Line[] {
  const links = linksOf(all)
  const actionsOf = new Map(all.providers.map(({ provider, actions }) => [provider, actions]))
  return all.schedules.map((schedule) => {
    const site = links.siteOf(schedule)
    const isSwitched = schedule.status === "enabled" || schedule.status === "disabled"
    return {
      schedule,
      site,
      integration: links.integrationOf(schedule),
      last: lastOf(schedule, links.backupsOf(schedule)),
      by: mayAct && isSwitched ? switchOf(schedule, site, actionsOf.get(schedule.provider) ?? []) : undefined,
    }
  })
}

function lastOf(schedule: Schedule, backups: Backups["backups"]): Line["last"] {
  if (schedule.lastRunAt !== null) return { at: schedule.lastRunAt }
  const known = backups
    .filter(({ status, kind }) => status !== "failed" && kind !== "manual")
    .flatMap((backup) => {
      const taken = takenOf(backup)
      return taken ? [{ backup, at: taken.at }] : []
    })
  if (known.length === 0) return null
  const { backup } = known.reduce((a, b) => (b.at > a.at ? b : a))
  return backup.takenAt !== null ? { at: backup.takenAt } : { name: backup.name }
}

/** A wall clock's time whose zone the provider has not told is shown as it stands. */
function LastRun({ last }: { last: Line["last"] }) {
  if (!last) return <NotTold />
  if ("at" in last) return <Time at={last.at} />
  return (
    <span className="whitespace-nowrap" title="As the newest backup is called: the time zone is not told">
      {last.name}
    </span>
  )
}

function RunTime({ schedule }: { schedule: Schedule }) {
  const words = timeWords(schedule)
  if (!words) return <NotTold />
  return (
    <span
      className="whitespace-nowrap tabular-nums"
      title={schedule.timezone ? undefined : "The provider does not tell the time zone"}
    >
      {words}
    </span>
  )
}

function GoesTo({ line: { schedule, integration } }: { line: Line }) {
  const service = integration?.name ?? schedule.storageService
  return (
    <span>
      {schedule.storage ? statusWord(schedule.storage) : <NotTold />}
      {schedule.storage === "remote" && service && <span className="text-muted-foreground">, {service}</span>}
    </span>
  )
}
