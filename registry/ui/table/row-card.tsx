import { type Cell, FlexRender } from "@tanstack/react-table"
import type { ListedResource } from "../../engine/reading.ts"
import { type ColumnLook, lookOf, type TableParts, titleOf } from "./columns.ts"
import { GridPart } from "./grid-part.tsx"
import type { GridRowOf } from "./grid-row.tsx"

/** A row where there is no room for columns: its name, what stands beside it, and a line below. */
export function RowCard({ row }: { row: GridRowOf }) {
  const cells = row.getAllCells()
  return (
    <GridPart role="gridcell" className="flex h-full flex-col justify-center gap-1 px-3">
      <div className="flex items-center justify-between gap-3">
        <div className="min-w-0 truncate">{drawn(cells, "title")}</div>
        <div className="flex shrink-0 items-center gap-2">{drawn(cells, "side")}</div>
      </div>
      <div className="flex min-w-0 gap-3 overflow-hidden text-xs whitespace-nowrap text-muted-foreground">
        {drawn(cells, "line")}
        {drawn(cells, "fact")}
      </div>
    </GridPart>
  )
}

function drawn(cells: Cell<TableParts, ListedResource, unknown>[], place: ColumnLook["card"]) {
  return (
    cells
      .filter((cell) => lookOf(cell.column.columnDef).card === place)
      // There is no title here that would say of what nothing is told.
      .filter((cell) => place === "title" || (cell.getValue() ?? null) !== null)
      .map((cell) => (
        <span key={cell.column.id} className="contents">
          {place === "fact" ? (
            <span>
              {titleOf(cell.column.columnDef)} <FlexRender cell={cell} />
            </span>
          ) : (
            <FlexRender cell={cell} />
          )}
        </span>
      ))
  )
}
