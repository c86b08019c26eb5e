import { Columns3 } from "lucide-react"
import { Button } from "@/components/ui/button"
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"

export interface ColumnChoice {
  id: string
  title: string
  isShown: boolean
}

interface ColumnMenuProps {
  columns: ColumnChoice[]
  /** Null brings the usual ones back. */
  onChoose(shown: string[] | null): void
}

/** Which columns are shown. */
export function ColumnMenu({ columns, onChoose }: ColumnMenuProps) {
  const toggle = (id: string) =>
    onChoose(columns.filter((column) => column.isShown !== (column.id === id)).map((column) => column.id))
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="sm" className="max-sm:hidden">
          <Columns3 aria-hidden />
          <span className="max-2xl:sr-only">Columns</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="max-h-96 min-w-48 overflow-y-auto">
        {columns.map(({ id, title, isShown }) => (
          <DropdownMenuCheckboxItem
            key={id}
            checked={isShown}
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={() => toggle(id)}
          >
            {title}
          </DropdownMenuCheckboxItem>
        ))}
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => onChoose(null)}>Show the usual columns</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
