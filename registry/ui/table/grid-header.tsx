import { FlexRender, type Header, type SortDirection } from "@tanstack/react-table"
import { ArrowDown, ArrowUp } from "lucide-react"
import { cn } from "@/lib/utils"
import type { ListedResource } from "../../engine/reading.ts"
import { lookOf, type TableParts } from "./columns.ts"
import { GridPart } from "./grid-part.tsx"

interface GridHeaderProps {
  headers: Header<TableParts, ListedResource, unknown>[]
  isNarrow: boolean
}

/** The titles of the columns. A click sorts by one of them: first up, then down, then as it was. */
export function GridHeader({ headers, isNarrow }: GridHeaderProps) {
  if (isNarrow) {
    return (
      <GridPart role="rowgroup" className="sr-only">
        <GridPart role="row" aria-rowindex={1}>
          <GridPart role="columnheader">Row</GridPart>
        </GridPart>
      </GridPart>
    )
  }
  return (
    <GridPart role="rowgroup" className="sticky top-0 z-10 border-b bg-card">
      <GridPart role="row" aria-rowindex={1} className="grid h-9 grid-cols-(--columns) items-center">
        {headers.map((header) => (
          <HeaderCell key={header.id} header={header} />
        ))}
      </GridPart>
    </GridPart>
  )
}

function HeaderCell({ header }: { header: Header<TableParts, ListedResource, unknown> }) {
  const { column } = header
  const sorted = column.getIsSorted()
  const title = <FlexRender header={header} />
  return (
    <GridPart
      role="columnheader"
      aria-sort={column.getCanSort() ? ariaSort(sorted) : undefined}
      className={cn(
        "truncate px-3 text-xs font-medium text-muted-foreground",
        lookOf(column.columnDef).align === "end" && "text-right",
      )}
    >
      {column.getCanSort() ? (
        <button
          type="button"
          className="inline-flex max-w-full items-center gap-1 rounded-sm hover:text-foreground focus-visible:outline-2 focus-visible:outline-ring"
          onClick={() => column.toggleSorting()}
        >
          <span className="truncate">{title}</span>
          <SortMark sorted={sorted} />
        </button>
      ) : (
        title
      )}
    </GridPart>
  )
}

export function SortMark({ sorted }: { sorted: false | SortDirection }) {
  if (!sorted) return null
  const Mark = sorted === "asc" ? ArrowUp : ArrowDown
  return <Mark aria-hidden className="size-3 shrink-0 text-foreground" />
}

export function ariaSort(sorted: false | SortDirection): "none" | "ascending" | "descending" {
  return sorted === false ? "none" : sorted === "asc" ? "ascending" : "descending"
}
