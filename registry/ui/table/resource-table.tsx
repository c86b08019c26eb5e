import { type SortingState, type Updater, useTable } from "@tanstack/react-table"
import { type ReactNode, useMemo } from "react"
import type { ListedResource, PageFilter, Sort } from "../../engine/reading.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import { useData } from "../data/hooks.tsx"
import { type Place, useNavigation } from "../data/navigation.tsx"
import { tableTitle } from "../format/words.ts"
import { type TableColumn, tableParts } from "./columns.ts"
import { FirstRows, NoMatch, NotRead, StaleNotice } from "./resource-states.tsx"
import { countFilters, filterOf, sortOf, sortText } from "./search.ts"
import { SortMenu } from "./sort-menu.tsx"
import { Toolbar } from "./toolbar.tsx"
import { useColumns } from "./use-columns.ts"
import { useNarrow } from "./use-narrow.ts"
import { useRows } from "./use-rows.ts"
import { useSearchText } from "./use-search-text.ts"
import { VirtualGrid } from "./virtual-grid.tsx"

export interface ResourceTableProps<Name extends ResourceTableName> {
  table: Name
  /** Created once, outside of the component. Columns of the table's own have its names as ids: rows are sorted by them. */
  columns: TableColumn<ListedResource<Name>>[]
  /** What the page lets through, whatever the address says. */
  filter?: PageFilter
  /** The order until somebody chooses another. */
  sort?: Sort
  /** Shown where there are no rows at all. */
  empty: ReactNode
  /** Further controls, beside the filters. */
  children?: ReactNode
  /** Where a row leads; to its own page when left out. */
  placeOf?(row: ListedResource<Name>): Place
}

/** All rows of a table, however many: searched, filtered and sorted by whoever keeps them, and read as they come into view. */
export function ResourceTable<Name extends ResourceTableName>(props: ResourceTableProps<Name>) {
  // What is known of one table is nothing to another.
  return <KeyedTable key={props.table} {...forAnyTable(props)} />
}

/** The port answers with rows of the table that was asked for, which is what these columns and this place are made for. */
function forAnyTable<Name extends ResourceTableName>(props: ResourceTableProps<Name>) {
  return props as unknown as ResourceTableProps<ResourceTableName>
}

/** Shown as soon as rows are that are gone. */
const goneColumn = "deletedAt"

const ownPlace = ({ id }: ListedResource): Place => ({ page: "resource", id })

function KeyedTable(props: ResourceTableProps<ResourceTableName>) {
  const { table: name, columns, filter = {}, empty, children, placeOf = ownPlace } = props
  const { search, setSearch, go } = useNavigation()
  const { abilities } = useData()
  const { text, setText, asked } = useSearchText()
  const sort = (abilities.sortsByAnyColumn && sortOf(search)) || props.sort
  const request = { table: name, filter: filterOf({ ...search, q: asked }, filter), sort }
  const rows = useRows(request)
  const isNarrow = useNarrow()
  const shown = useColumns(name, columns, filterOf(search, filter).deleted ? goneColumn : undefined)

  const sorted = sort?.column
  const isDown = sort?.descending ?? false
  const sorting = useMemo(() => (sorted ? [{ id: sorted, desc: isDown }] : []), [sorted, isDown])
  const table = useTable({
    features: tableParts,
    columns,
    data: rows.rows,
    getRowId: ({ id }) => id,
    manualSorting: true,
    enableSorting: abilities.sortsByAnyColumn,
    enableMultiSort: false,
    sortDescFirst: false,
    state: { sorting, columnVisibility: shown.visibility },
    onSortingChange: (change: Updater<SortingState>) => {
      const [first] = typeof change === "function" ? change(sorting) : change
      const next = first && sortText({ column: first.id, descending: first.desc })
      setSearch({ sort: next }, { replace: true })
    },
  })
  const headers = table.getHeaderGroups()[0]?.headers ?? []
  const model = table.getRowModel().rows
  const byPlace = useMemo(
    () => new Map(rows.places.map((place, index) => [place, model[index]])),
    [rows.places, model],
  )

  const isFiltered = countFilters({ ...search, q: asked }) > 0
  if (rows.total === 0 && !rows.isOld && !isFiltered) return empty
  return (
    <div className="grid gap-3">
      <Toolbar
        request={request}
        filter={filter}
        text={text}
        onText={setText}
        total={rows.isOld && rows.error ? undefined : rows.total}
        columns={shown.choices}
        chosenColumns={shown.chosen}
        onColumns={shown.choose}
        exported={shown.exported}
        sortMenu={<SortMenu headers={headers} />}
      >
        {children}
      </Toolbar>
      {/* What was seen before a role was taken away is not to be seen any longer. */}
      {rows.error && (rows.isOld || rows.error.code === "denied") ? (
        <NotRead table={name} error={rows.error} onRetry={rows.retry} />
      ) : rows.total === undefined ? (
        <FirstRows table={name} />
      ) : rows.total === 0 ? (
        <NoMatch table={name} onClear={() => setText("")} />
      ) : (
        <>
          {rows.error && <StaleNotice error={rows.error} onRetry={rows.retry} />}
          <VirtualGrid
            label={tableTitle(name)}
            question={JSON.stringify(request)}
            headers={headers}
            rowAt={(index) => byPlace.get(index)}
            total={rows.total}
            isNarrow={isNarrow}
            isBusy={rows.isOld}
            onSee={rows.see}
            onOpen={(row) => go(placeOf(row))}
          />
        </>
      )}
    </div>
  )
}
