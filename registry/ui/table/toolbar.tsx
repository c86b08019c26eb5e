import { Archive, X } from "lucide-react"
import type { ReactNode } from "react"
import { Button } from "@/components/ui/button"
import type { ListedResource, PageFilter } from "../../engine/reading.ts"
import { useNavigation } from "../data/navigation.tsx"
import { tableNoun } from "../format/words.ts"
import { type ColumnChoice, ColumnMenu } from "./column-menu.tsx"
import type { ExportColumn } from "./csv.ts"
import { ExportMenu } from "./export-menu.tsx"
import { Facets } from "./facets.tsx"
import { countFilters, withoutFilters } from "./search.ts"
import { SearchBox } from "./search-box.tsx"
import type { RowsRequest } from "./use-rows.ts"
import { ViewsMenu } from "./views-menu.tsx"

interface ToolbarProps {
  request: RowsRequest
  /** What the page has decided itself. */
  filter: PageFilter
  text: string
  onText(text: string): void
  total: number | undefined
  columns: ColumnChoice[]
  /** Null for the usual ones. */
  chosenColumns: string[] | null
  onColumns(columns: string[] | null): void
  exported: ExportColumn<ListedResource>[]
  sortMenu: ReactNode
  children?: ReactNode
}

/** What stands above a table: search, filters, views, columns, export. */
export function Toolbar(props: ToolbarProps) {
  const { request, filter, text, onText, total, children } = props
  const { search, setSearch } = useNavigation()
  const { table } = request
  const clear = () => {
    onText("")
    setSearch(withoutFilters, { replace: true })
  }
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchBox label="Search by name, address or text" text={text} onText={onText} />
      <Facets table={table} filter={filter} />
      {children}
      <Button
        variant={search["removed"] ? "secondary" : "ghost"}
        size="sm"
        aria-pressed={Boolean(search["removed"])}
        onClick={() => setSearch({ removed: search["removed"] ? undefined : "1" }, { replace: true })}
      >
        <Archive aria-hidden />
        <span className="max-sm:sr-only">Removed</span>
      </Button>
      {(countFilters(search) > 0 || text !== "") && (
        <Button variant="ghost" size="sm" onClick={clear}>
          <X aria-hidden />
          Clear
        </Button>
      )}
      <div className="ml-auto flex flex-wrap items-center gap-2">
        <output className="px-1 text-sm whitespace-nowrap text-muted-foreground tabular-nums">
          {total !== undefined && tableNoun(table, total)}
        </output>
        {props.sortMenu}
        <ViewsMenu table={table} columns={props.chosenColumns} onColumns={props.onColumns} />
        <ColumnMenu columns={props.columns} onChoose={props.onColumns} />
        <ExportMenu request={request} columns={props.exported} />
      </div>
    </search>
  )
}
