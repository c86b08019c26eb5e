import { FlexRender, type Row } from "@tanstack/react-table"
import { memo } from "react"
import { cn } from "@/lib/utils"
import type { ListedResource } from "../../engine/reading.ts"
import { lookOf, type TableParts } from "./columns.ts"
import { GridPart } from "./grid-part.tsx"
import { RowCard } from "./row-card.tsx"

export type GridRowOf = Row<TableParts, ListedResource>

interface GridRowProps {
  id: string
  index: number
  /** Undefined as long as its window is under way. */
  row: GridRowOf | undefined
  /** Where it begins in the list, in pixels. */
  start: number
  height: number
  /** The columns that are shown: a row is drawn anew when they change. */
  columns: string
  isActive: boolean
  isNarrow: boolean
}

/** A row at its place. It is drawn again only when it holds something else: that keeps scrolling smooth. */
export const GridRow = memo(function GridRow({
  id,
  index,
  row,
  start,
  height,
  isActive,
  isNarrow,
}: GridRowProps) {
  return (
    <GridPart
      role="row"
      id={id}
      aria-rowindex={index + 2}
      data-index={index}
      className={cn(
        "absolute inset-x-0 top-0 border-b contain-strict hover:bg-muted/50",
        row && "cursor-pointer",
        isNarrow ? "block" : "grid grid-cols-(--columns) items-center",
        isActive &&
          "group-focus-visible/grid:bg-muted group-focus-visible/grid:outline-2 group-focus-visible/grid:-outline-offset-2 group-focus-visible/grid:outline-ring",
      )}
      style={{ transform: `translateY(${start}px)`, height }}
    >
      {!row ? <Absent isNarrow={isNarrow} /> : isNarrow ? <RowCard row={row} /> : <Cells row={row} />}
    </GridPart>
  )
}, isSame)

function isSame(before: GridRowProps, after: GridRowProps): boolean {
  return (
    before.row?.original === after.row?.original &&
    before.start === after.start &&
    before.height === after.height &&
    before.columns === after.columns &&
    before.isActive === after.isActive &&
    before.isNarrow === after.isNarrow
  )
}

function Cells({ row }: { row: GridRowOf }) {
  return row.getVisibleCells().map((cell) => (
    <GridPart
      role="gridcell"
      key={cell.column.id}
      className={cn(
        "truncate px-3 *:align-middle",
        lookOf(cell.column.columnDef).align === "end" && "text-right tabular-nums",
      )}
    >
      <FlexRender cell={cell} />
    </GridPart>
  ))
}

function Absent({ isNarrow }: { isNarrow: boolean }) {
  return (
    <GridPart role="gridcell" className={cn("px-3", isNarrow && "py-4")}>
      <div className="h-3 w-2/3 rounded bg-muted" />
      <span className="sr-only">Loading</span>
    </GridPart>
  )
}
