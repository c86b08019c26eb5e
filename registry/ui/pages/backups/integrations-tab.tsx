import { HardDriveUploadIcon } from "lucide-react"
import { useMemo } from "react"
import { StatusBadge } from "../../badges/status-badge.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { NotTold } from "../../format/time.tsx"
import { RowActions } from "../../operations/actions-menu.tsx"
import { EmptyState } from "../../states/empty.tsx"
import { columnsOf } from "../../table/columns.ts"
import { DataTable } from "../../table/data-table.tsx"
import { type Integration, linksOf, type Site } from "./backup-links.ts"
import { RowLink } from "./row-link.tsx"
import type { Backups } from "./use-backups.ts"

interface Line {
  integration: Integration
  /** Null where nobody says. */
  users: readonly Site[] | null
}

const column = columnsOf<Line>()

const columns = column.columns([
  column.accessor(({ integration }) => integration.name, {
    id: "name",
    header: "Name",
    meta: { width: 220, card: "title" },
    cell: ({ row: { original } }) => <RowLink row={original.integration} />,
  }),
  column.accessor(({ integration }) => integration.status, {
    id: "status",
    header: "Status",
    meta: { width: 120, card: "side" },
    cell: ({ row: { original } }) => (
      <StatusBadge
        table="backupIntegrations"
        status={original.integration.status}
        providerStatus={original.integration.providerStatus}
      />
    ),
  }),
  column.accessor(({ integration }) => integration.service, {
    id: "service",
    header: "Service",
    meta: { width: 140 },
    cell: ({ row: { original } }) => original.integration.service ?? <NotTold />,
  }),
  column.accessor(({ integration }) => integration.region, {
    id: "region",
    header: "Region",
    meta: { width: 140 },
    cell: ({ row: { original } }) => original.integration.region ?? <NotTold />,
  }),
  column.accessor(({ integration }) => integration.bucketName, {
    id: "bucket",
    header: "Bucket",
    meta: { width: 160 },
    cell: ({ row: { original } }) => original.integration.bucketName ?? <NotTold />,
  }),
  column.accessor(({ users }) => users?.length ?? null, {
    id: "users",
    header: "Used by",
    meta: { width: 240 },
    cell: ({ row: { original } }) => <Users users={original.users} />,
  }),
  column.display({
    id: "actions",
    header: "Actions",
    meta: { width: 64, align: "end", isPinned: true, card: "side" },
    cell: ({ row: { original } }) => <RowActions row={original.integration} />,
  }),
])

export function IntegrationsTab({ all }: { all: Backups }) {
  const lines = useMemo(() => {
    const links = linksOf(all)
    return all.integrations.map((integration) => ({ integration, users: links.usersOf(integration) }))
  }, [all])
  return (
    <DataTable
      caption="Backup integrations"
      columns={columns}
      rows={lines}
      idOf={({ integration }) => integration.id}
      sort={{ column: "name" }}
      empty={
        <EmptyState
          icon={HardDriveUploadIcon}
          title="No storage was found"
          description="Storage accounts that backups can go to are set up at the provider, and come with the next sync."
        />
      }
    />
  )
}

/** So many are named. */
const FEW = 3

function Users({ users }: { users: Line["users"] }) {
  if (!users) return <NotTold />
  if (users.length === 0) return <span className="text-muted-foreground">Nobody</span>
  const more = users.length - FEW
  return (
    <ul className="flex flex-wrap gap-x-3 whitespace-normal">
      {users.slice(0, FEW).map((site) => (
        <li key={site.id}>
          <PlaceLink
            to={{ page: "resource", id: site.id }}
            className="rounded-sm hover:underline focus-visible:outline-2 focus-visible:outline-ring"
          >
            {site.name}
          </PlaceLink>
        </li>
      ))}
      {more > 0 && <li className="text-muted-foreground">and {more} more</li>}
    </ul>
  )
}
