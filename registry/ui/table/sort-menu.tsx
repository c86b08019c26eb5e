import type { Header } from "@tanstack/react-table"
import { ArrowDownUp } from "lucide-react"
import { Button } from "@/components/ui/button"
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"
import type { ListedResource } from "../../engine/reading.ts"
import { type TableParts, titleOf } from "./columns.ts"
import { SortMark } from "./grid-header.tsx"

/** The order of rows where there are no titles of columns to click on. */
export function SortMenu({ headers }: { headers: Header<TableParts, ListedResource, unknown>[] }) {
  const sortable = headers.filter(({ column }) => column.getCanSort())
  if (sortable.length === 0) return null
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="sm" className="sm:hidden">
          <ArrowDownUp aria-hidden />
          <span className="sr-only">Sort</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {sortable.map(({ id, column }) => (
          <DropdownMenuItem
            key={id}
            // The menu stays open: a second choice turns the order round.
            onSelect={(event) => {
              event.preventDefault()
              column.toggleSorting()
            }}
          >
            {titleOf(column.columnDef)}
            <SortMark sorted={column.getIsSorted()} />
            <span className="sr-only">{sortWords[String(column.getIsSorted())]}</span>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}

const sortWords: Record<string, string> = { asc: ", ascending", desc: ", descending" }
