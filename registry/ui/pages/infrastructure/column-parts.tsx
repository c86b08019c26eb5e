import { memo, type ReactNode } from "react"
import type { ListedResource } from "../../../engine/reading.ts"
import type { ResourceTableName } from "../../../schema/index.ts"
import { EnvironmentBadge } from "../../badges/environment-badge.tsx"
import { ProviderBadge, ProviderMark, useProvider } from "../../badges/provider-mark.tsx"
import { StatusBadge } from "../../badges/status-badge.tsx"
import { useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { formatBytes, formatCount } from "../../format/numbers.ts"
import { NotTold, Time } from "../../format/time.tsx"
import { columnTitle, statusWord } from "../../format/words.ts"
import type { ColumnLook, TableColumn } from "../../table/columns.ts"

// While somebody scrolls, one row after another takes the same place: what is the same in both is not drawn again.
const Mark = memo(ProviderMark)
const Provider = memo(ProviderBadge)
const Status = memo(StatusBadge)
const Environment = memo(EnvironmentBadge)
const When = memo(Time)
const Account = memo(function Account({ id }: { id: string }) {
  return useRead("docks", {}).data?.find((dock) => dock.id === id)?.name ?? <NotTold />
})
const ProviderTitle = memo(function ProviderTitle({ provider }: { provider: string }) {
  return useProvider(provider).title
})

/** The columns of one table that hold something of a kind. */
type Holding<Row, Kind> = {
  [Key in keyof Row & string]: Row[Key] extends Kind ? Key : never
}[keyof Row & string]

type Look = Partial<ColumnLook> & { title?: string }

/** Columns of one table, by what they hold. Their ids are the names of the universal columns: rows are sorted by them. */
export function partsFor<Name extends ResourceTableName>(table: Name) {
  type Row = ListedResource<Name>
  type Common = ListedResource

  function column(
    key: string,
    look: Look,
    cell: (value: unknown, row: Common) => ReactNode,
    more: { enableSorting?: boolean; sortDescFirst?: boolean; enableHiding?: boolean } = {},
  ): TableColumn<Row> {
    const { title = columnTitle(key), ...meta } = look
    return {
      id: key,
      accessorFn: (row) => Reflect.get(row, key) as unknown,
      header: title,
      meta: { width: 120, ...meta },
      // Every table's row has the common columns, which the type of one that is not yet named does not show.
      cell: ({ row, getValue }) => cell(getValue(), row.original as Common),
      ...more,
    }
  }

  return {
    /** The row's name, which leads to its page. */
    name: (look: Look = {}) =>
      column(
        "name",
        { title: "Name", width: 200, grow: 3, card: "title", ...look },
        (_, row) => <NameCell row={row} />,
        { enableHiding: false },
      ),
    status: () =>
      column("status", { width: 138, card: "side" }, (_, row) => (
        <Status table={table} status={row.status} providerStatus={row.providerStatus} />
      )),
    provider: () => column("provider", { width: 124 }, (_, row) => <Provider provider={row.provider} />),
    /** Which of a provider's accounts. A file has the provider, and all of the row where it is JSON. */
    account: (): TableColumn<Row> => ({
      id: "dockId",
      header: "Account",
      meta: { width: 140, isHidden: true },
      cell: ({ row }) => <Account id={(row.original as Common).dockId} />,
    }),
    /** When it vanished, of rows that are gone. */
    gone: () =>
      column(
        "deletedAt",
        { width: 168, isHidden: true },
        (value) => <When at={value as string | null} className="text-muted-foreground" />,
        { sortDescFirst: true },
      ),
    environment: (key: Holding<Row, string | null>) =>
      column(key, { width: 124, card: "side" }, (value) => (
        <Environment environment={value as string | null} />
      )),
    text: (key: Holding<Row, string | null>, look: Look = {}) =>
      column(key, { grow: 1, ...look }, (value) => <Text value={value} />),
    /** One of a few words of ours. */
    word: (key: Holding<Row, string | null>, look: Look = {}) =>
      column(key, look, (value) => (value ? statusWord(String(value)) : <NotTold />)),
    /** An address, a hash, a record's content: read letter by letter. */
    code: (key: Holding<Row, string | null>, look: Look = {}) =>
      column(key, { grow: 1, ...look }, (value) => <Text value={value} className="font-mono text-xs" />),
    list: (key: Holding<Row, string[] | null>, look: Look = {}) =>
      column(
        key,
        { grow: 1, ...look },
        (value) => <Text value={Array.isArray(value) ? value.join(", ") : null} />,
        { enableSorting: false },
      ),
    number: (key: Holding<Row, number | null>, look: Look = {}) =>
      column(key, { width: 96, align: "end", ...look }, (value) =>
        typeof value === "number" ? formatCount(value) : <NotTold />,
      ),
    bytes: (key: Holding<Row, number | null>, look: Look = {}) =>
      column(key, { width: 96, align: "end", ...look }, (value) =>
        typeof value === "number" ? formatBytes(value) : <NotTold />,
      ),
    flag: (key: Holding<Row, boolean | null>, look: Look = {}) =>
      column(key, { width: 96, ...look }, (value) =>
        typeof value === "boolean" ? value ? "Yes" : "No" : <NotTold />,
      ),
    time: (key: Holding<Row, string | null>, look: Look = {}) =>
      column(
        key,
        { width: 168, ...look },
        (value) => <When at={value as string | null} className="text-muted-foreground" />,
        { sortDescFirst: true },
      ),
  }
}

function NameCell({ row }: { row: ListedResource }) {
  // A domain is kept as the wire has it, and read in its own script.
  const name = "displayName" in row && typeof row.displayName === "string" ? row.displayName : row.name
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Mark provider={row.provider} />
      {/* The keyboard moves from row to row; from link to link it would take too long. */}
      <PlaceLink
        to={{ page: "resource", id: row.id }}
        tabIndex={-1}
        title={name}
        className="truncate font-medium hover:underline"
      >
        {name}
        {/* The mark tells it to whoever sees it: two accounts may have rows of the same name. */}
        <span className="sr-only">
          , <ProviderTitle provider={row.provider} />
        </span>
      </PlaceLink>
    </span>
  )
}

function Text({ value, className }: { value: unknown; className?: string }) {
  if (value === null || value === undefined || value === "") return <NotTold />
  const text = String(value)
  return (
    <span title={text} className={className}>
      {text}
    </span>
  )
}
