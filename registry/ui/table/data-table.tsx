import { FlexRender, type Header, type Row, type RowData, useTable } from "@tanstack/react-table"
import type { MouseEvent, ReactNode } from "react"
import {
  Table,
  TableBody,
  TableCaption,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@/components/ui/table"
import { cn } from "@/lib/utils"
import { type Place, PlaceLink, useNavigation } from "../data/navigation.tsx"
import { lookOf, type TableColumn, type TableParts, tableParts } from "./columns.ts"
import { ariaSort, SortMark } from "./grid-header.tsx"

interface DataTableProps<Item extends RowData> {
  /** What a screen reader calls the table. */
  caption: string
  /** Created once, outside of the component. */
  columns: TableColumn<Item>[]
  rows: Item[]
  idOf(row: Item): string
  /** Shown instead of a table without rows. */
  empty?: ReactNode
  /** Where a row leads: its first column is the link. */
  placeOf?(row: Item): Place | null
  /** The order at first; a click on a title changes it. */
  sort?: { column: string; descending?: boolean }
}

/** A list that is here whole: some dozens of rows, not thousands. */
export function DataTable<Item extends RowData>(props: DataTableProps<Item>) {
  const { caption, columns, rows, idOf, empty, placeOf, sort } = props
  const table = useTable({
    features: tableParts,
    columns,
    data: rows,
    getRowId: idOf,
    enableMultiSort: false,
    sortDescFirst: false,
    initialState: { sorting: sort ? [{ id: sort.column, desc: sort.descending ?? false }] : [] },
  })
  if (rows.length === 0 && empty) return empty
  // On a phone, only the columns that would be in a card, where there are such.
  const hasCard = columns.some((column) => lookOf(column).card)
  const classOf = (column: TableColumn<Item>) =>
    cn(
      lookOf(column).align === "end" && "text-right tabular-nums",
      lookOf(column).isPinned && "sticky right-0 bg-background",
      hasCard && !lookOf(column).card && "max-sm:hidden",
    )
  return (
    <Table>
      <TableCaption className="sr-only">{caption}</TableCaption>
      <TableHeader>
        {table.getHeaderGroups().map((group) => (
          <TableRow key={group.id}>
            {group.headers.map((header) => (
              <Title key={header.id} header={header} className={classOf(header.column.columnDef)} />
            ))}
          </TableRow>
        ))}
      </TableHeader>
      <TableBody>
        {table.getRowModel().rows.map((row) => (
          <Line key={row.id} row={row} place={placeOf?.(row.original) ?? null} classOf={classOf} />
        ))}
      </TableBody>
    </Table>
  )
}

interface TitleProps<Item extends RowData> {
  header: Header<TableParts, Item, unknown>
  className: string
}

function Title<Item extends RowData>({ header, className }: TitleProps<Item>) {
  const { column } = header
  const sorted = column.getIsSorted()
  return (
    <TableHead aria-sort={column.getCanSort() ? ariaSort(sorted) : undefined} className={className}>
      {column.getCanSort() ? (
        <button
          type="button"
          className="inline-flex items-center gap-1 rounded-sm hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring"
          onClick={() => column.toggleSorting()}
        >
          <FlexRender header={header} />
          <SortMark sorted={sorted} />
        </button>
      ) : (
        <FlexRender header={header} />
      )}
    </TableHead>
  )
}

interface LineProps<Item extends RowData> {
  row: Row<TableParts, Item>
  place: Place | null
  classOf(column: TableColumn<Item>): string
}

function Line<Item extends RowData>({ row, place, classOf }: LineProps<Item>) {
  const { go } = useNavigation()
  const onClick = (event: MouseEvent) => {
    if (!place || (event.target as Element).closest("a, button, input, label")) return
    if (!getSelection()?.toString()) go(place)
  }
  return (
    <TableRow onClick={onClick} className={cn(place && "cursor-pointer")}>
      {row.getVisibleCells().map((cell, index) => (
        <TableCell key={cell.id} className={classOf(cell.column.columnDef)}>
          {index === 0 && place ? (
            <PlaceLink
              to={place}
              className="rounded-sm hover:underline focus-visible:outline-2 focus-visible:outline-ring"
            >
              <FlexRender cell={cell} />
            </PlaceLink>
          ) : (
            <FlexRender cell={cell} />
          )}
        </TableCell>
      ))}
    </TableRow>
  )
}
