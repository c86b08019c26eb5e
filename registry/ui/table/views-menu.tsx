import { Bookmark, Check, Trash2 } from "lucide-react"
import { type FormEvent, useId, useState } from "react"
import { Button } from "@/components/ui/button"
import { Input } from "@/components/ui/input"
import { Label } from "@/components/ui/label"
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover"
import type { ResourceTableName } from "../../schema/index.ts"
import { useNavigation } from "../data/navigation.tsx"
import { keptSearch } from "./search.ts"
import { useStored } from "./use-stored.ts"
import { isShown, searchOf, viewsIn, withoutView, withView } from "./views.ts"

interface ViewsMenuProps {
  table: ResourceTableName
  columns: string[] | null
  onColumns(columns: string[] | null): void
}

/** Filters, order and columns under a name, kept in this browser. */
export function ViewsMenu({ table, columns, onColumns }: ViewsMenuProps) {
  const { search, setSearch } = useNavigation()
  const [views, setViews] = useStored(`views:${table}`, viewsIn)
  const [isOpen, setOpen] = useState(false)
  const now = keptSearch(search)
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="outline" size="sm">
          <Bookmark aria-hidden />
          <span className="max-sm:sr-only">Views</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-72 p-2" aria-label="Saved views">
        {views.length === 0 && (
          <p className="px-2 pt-1 pb-2 text-xs text-muted-foreground">
            A view keeps the filters, the order and the columns that you see now.
          </p>
        )}
        <ul>
          {views.map((view) => (
            <li key={view.name} className="flex items-center gap-1">
              <Button
                variant="ghost"
                size="sm"
                className="min-w-0 flex-1 justify-start"
                aria-current={isShown(view, now, columns)}
                onClick={() => {
                  setSearch(searchOf(view))
                  onColumns(view.columns)
                  setOpen(false)
                }}
              >
                <Check aria-hidden className={isShown(view, now, columns) ? "" : "opacity-0"} />
                <span className="truncate">{view.name}</span>
              </Button>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Delete the view ${view.name}`}
                onClick={() => setViews(withoutView(views, view.name))}
              >
                <Trash2 aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
        <SaveView onSave={(name) => setViews(withView(views, { name, search: now, columns }))} />
      </PopoverContent>
    </Popover>
  )
}

function SaveView({ onSave }: { onSave(name: string): void }) {
  const [name, setName] = useState("")
  const id = useId()
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === "") return
    onSave(name)
    setName("")
  }
  return (
    <form onSubmit={save} className="mt-2 grid gap-2 border-t px-2 pt-3 pb-1">
      <Label htmlFor={id}>Save what you see as</Label>
      <div className="flex gap-2">
        <Input
          id={id}
          className="h-8"
          value={name}
          maxLength={60}
          placeholder="Needs attention"
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" size="sm" disabled={name.trim() === ""}>
          Save
        </Button>
      </div>
    </form>
  )
}
