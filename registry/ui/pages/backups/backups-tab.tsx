import { ArchiveIcon } from "lucide-react"
import { useMemo } from "react"
import { StatusBadge } from "../../badges/status-badge.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { formatBytes } from "../../format/numbers.ts"
import { NotTold, Time } from "../../format/time.tsx"
import { statusWord } from "../../format/words.ts"
import { RowActions } from "../../operations/actions-menu.tsx"
import { EmptyState } from "../../states/empty.tsx"
import { columnsOf } from "../../table/columns.ts"
import { DataTable } from "../../table/data-table.tsx"
import { type Backup, linksOf, type Site } from "./backup-links.ts"
import { takenOf } from "./backup-times.ts"
import { RowLink } from "./row-link.tsx"
import { SearchedList } from "./searched-list.tsx"
import type { Backups } from "./use-backups.ts"

interface Line {
  backup: Backup
  site: Site | undefined
  /** For the order only: it may be hours off. */
  taken: number | null
}

const column = columnsOf<Line>()

const columns = column.columns([
  column.accessor(({ site, backup }) => site?.name ?? backup.name, {
    id: "site",
    header: "Site",
    meta: { width: 220, card: "title" },
    cell: ({ row: { original } }) => (
      <>
        <RowLink row={original.site ?? original.backup} />
        <p className="ml-6 max-w-40 truncate text-muted-foreground text-xs sm:hidden">
          {original.backup.takenAt ? <Time at={original.backup.takenAt} /> : original.backup.name}
          {original.backup.storage && `, ${original.backup.storage}`}
        </p>
      </>
    ),
  }),
  column.accessor(({ taken }) => taken, {
    id: "taken",
    header: "Taken",
    meta: { width: 170 },
    cell: ({ row: { original } }) => <Taken backup={original.backup} />,
  }),
  column.accessor(({ backup }) => backup.status, {
    id: "status",
    header: "Status",
    meta: { width: 120, card: "side" },
    cell: ({ row: { original } }) => (
      <StatusBadge
        table="backups"
        status={original.backup.status}
        providerStatus={original.backup.providerStatus}
      />
    ),
  }),
  column.accessor(({ backup }) => backup.kind, {
    id: "kind",
    header: "Kind",
    meta: { width: 160 },
    cell: ({ row: { original } }) => <Kind backup={original.backup} />,
  }),
  column.accessor(({ backup }) => backup.storage, {
    id: "storage",
    header: "Kept at",
    meta: { width: 160 },
    cell: ({ row: { original } }) => <KeptAt backup={original.backup} />,
  }),
  column.accessor(({ backup }) => backup.sizeBytes, {
    id: "size",
    header: "Size",
    meta: { width: 96, align: "end" },
    cell: ({ row: { original } }) =>
      original.backup.sizeBytes === null ? <NotTold /> : formatBytes(original.backup.sizeBytes),
  }),
  column.accessor(({ backup }) => backup.expiresAt, {
    id: "expires",
    header: "Kept until",
    meta: { width: 140 },
    cell: ({ row: { original } }) => <Time at={original.backup.expiresAt} />,
  }),
  column.display({
    id: "actions",
    header: "Actions",
    meta: { width: 64, align: "end", isPinned: true, card: "side" },
    cell: ({ row: { original } }) => <RowActions row={original.backup} />,
  }),
])

/** What can be restored, the newest first. */
export function BackupsTab({ all }: { all: Backups }) {
  const lines = useMemo(() => linesOf(all), [all])
  return (
    <SearchedList
      lines={lines}
      textOf={({ site, backup }) => [
        site?.name,
        backup.name,
        backup.provider,
        backup.tag,
        backup.storage,
        backup.status,
      ]}
      label="Search the backups"
    >
      {(found) => (
        <DataTable
          caption="Backups"
          columns={columns}
          rows={found}
          idOf={({ backup }) => backup.id}
          sort={{ column: "taken", descending: true }}
          empty={
            <EmptyState
              icon={ArchiveIcon}
              title="No backup was found"
              description="Backups come with the next sync, once a schedule has made one."
            />
          }
        />
      )}
    </SearchedList>
  )
}

function linesOf(all: Backups): Line[] {
  const links = linksOf(all)
  return all.backups
    .map((backup) => ({ backup, site: links.siteOf(backup), taken: takenOf(backup)?.at ?? null }))
    .sort((a, b) => (b.taken ?? 0) - (a.taken ?? 0))
}

/** The instant, or else the name: it is the provider's own clock, in a zone that it does not tell. */
function Taken({ backup }: { backup: Backup }) {
  return (
    <PlaceLink
      to={{ page: "resource", id: backup.id }}
      className="rounded-sm hover:underline focus-visible:outline-2 focus-visible:outline-ring"
    >
      {backup.takenAt ? <Time at={backup.takenAt} /> : backup.name}
    </PlaceLink>
  )
}

function Kind({ backup: { kind, tag } }: { backup: Backup }) {
  if (!kind) return <NotTold />
  return (
    <span>
      {statusWord(kind)}
      {tag && <span className="text-muted-foreground">, {tag}</span>}
    </span>
  )
}

function KeptAt({ backup: { storage, storageService } }: { backup: Backup }) {
  if (!storage) return <NotTold />
  return (
    <span>
      {statusWord(storage)}
      {storageService && <span className="text-muted-foreground">, {storageService}</span>}
    </span>
  )
}
