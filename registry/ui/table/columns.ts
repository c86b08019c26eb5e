import {
  type ColumnDef,
  columnVisibilityFeature,
  createColumnHelper,
  createSortedRowModel,
  metaHelper,
  type RowData,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_datetime,
  tableFeatures,
} from "@tanstack/react-table"

/** How a column looks; what it holds is said beside it, as TanStack Table has it. */
export interface ColumnLook {
  /** Pixels that it gets at least. */
  width: number
  /** Its share of what is left; none when left out. */
  grow?: number
  align?: "end"
  /** Stays in sight at the right edge where the columns are wider than the page. Of `DataTable` only. */
  isPinned?: boolean
  /** Not shown before somebody chooses it. */
  isHidden?: boolean
  /** Where it stands in a card on a narrow screen; a `fact` with its title. Columns that do not say are left out there. */
  card?: "title" | "side" | "line" | "fact"
}

export const tableParts = tableFeatures({
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, datetime: sortFn_datetime },
  columnMeta: metaHelper<ColumnLook>(),
})
export type TableParts = typeof tableParts

/** A column of `DataTable` and of `ResourceTable`. Its header is a word, because exports and menus name it too. */
export type TableColumn<Row extends RowData> = ColumnDef<TableParts, Row, unknown>

/** `columnsOf<Row>().columns([...])`: TanStack's helper, for tables like ours. */
export function columnsOf<Row extends RowData>() {
  return createColumnHelper<TableParts, Row>()
}

const fallback: ColumnLook = { width: 120, grow: 1 }

export function lookOf({ meta }: { meta?: ColumnLook | undefined }): ColumnLook {
  return meta ?? fallback
}

/** As TanStack Table names it: by its id, or by the key that it reads. */
export function idOf<Row extends RowData>(column: TableColumn<Row>): string {
  return column.id ?? ("accessorKey" in column ? String(column.accessorKey) : titleOf(column))
}

export function titleOf<Row extends RowData>({ header }: TableColumn<Row>): string {
  return typeof header === "string" ? header : ""
}

/** What a row has in the column, before it is drawn. */
export function valueIn<Row extends RowData>(column: TableColumn<Row>, row: Row): unknown {
  if ("accessorFn" in column) return column.accessorFn(row, 0)
  return "accessorKey" in column ? Reflect.get(Object(row), column.accessorKey) : undefined
}

/** One grid for header and rows: no browser has to measure a cell to know how wide a column is. */
export function gridTemplate(looks: readonly ColumnLook[]): { columns: string; minWidth: number } {
  return {
    columns: looks
      .map(({ width, grow = 0 }) => (grow > 0 ? `minmax(${width}px, ${grow}fr)` : `${width}px`))
      .join(" "),
    minWidth: looks.reduce((sum, { width }) => sum + width, 0),
  }
}
