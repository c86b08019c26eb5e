import { EllipsisIcon, TrashIcon } from "lucide-react"
import { useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"
import type { Operation } from "../../engine/provision-report.ts"
import type { ListedResource, ResourceView } from "../../engine/reading.ts"
import { useRead } from "../data/hooks.tsx"
import type { InputValues } from "../forms/values.ts"
import { OperationDialog, type ShowEarly } from "./operation-dialog.tsx"
import { RemovalDialog } from "./removal-dialog.tsx"

interface EarlyShown {
  showActionEarly?: ((action: Operation, input: InputValues) => () => void) | undefined
  showRemovalEarly?: ShowEarly | undefined
}

interface ActionsMenuProps extends EarlyShown {
  view: ResourceView
  /** In words, beside a page's other buttons; as three dots, in a row of a table. */
  look?: "button" | "dots" | undefined
}

/** All that can be done to a row. Nothing, where nothing can. */
export function ActionsMenu({ view, ...props }: ActionsMenuProps) {
  if (view.actions.length === 0 && !view.removableAs) return null
  return <Menu {...props} row={view.row} view={view} />
}

/**
 * The same for a row of a table. Of many rows, few are asked about: the menu is made, and what is in it asked for, when
 * somebody wants it.
 */
export function RowActions({ row, ...early }: { row: ListedResource } & EarlyShown) {
  const [isWanted, setWanted] = useState(false)
  if (isWanted) return <WantedActions row={row} {...early} />
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      className="-my-1"
      aria-label={labelOf(row)}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWanted(true)}
      onKeyDown={({ key }) => key === "ArrowDown" && setWanted(true)}
    >
      <EllipsisIcon aria-hidden />
    </Button>
  )
}

function WantedActions({ row, ...early }: { row: ListedResource } & EarlyShown) {
  const { data, error } = useRead("resource", { id: row.id })
  return <Menu {...early} look="dots" row={row} view={data} problem={error?.message} isOpenAtFirst />
}

function labelOf({ name }: ListedResource): string {
  return `Actions of ${name}`
}

interface MenuProps extends Omit<ActionsMenuProps, "view"> {
  row: ListedResource
  /** Undefined as long as it is not known. */
  view: ResourceView | undefined
  problem?: string | undefined
  isOpenAtFirst?: boolean | undefined
}

function Menu({
  row,
  view,
  look = "button",
  problem,
  isOpenAtFirst = false,
  showActionEarly,
  showRemovalEarly,
}: MenuProps) {
  const [chosen, setChosen] = useState<Operation | "removal">()
  const { data: providers } = useRead("providers", {})
  const provider = providers?.find(({ provider }) => provider === row.provider)?.title ?? row.provider
  const trigger = useRef<HTMLButtonElement>(null)
  const close = () => setChosen(undefined)
  return (
    <>
      <DropdownMenu defaultOpen={isOpenAtFirst}>
        <DropdownMenuTrigger asChild>
          {look === "dots" ? (
            <Button ref={trigger} variant="ghost" size="icon-sm" className="-my-1" aria-label={labelOf(row)}>
              <EllipsisIcon aria-hidden />
            </Button>
          ) : (
            <Button ref={trigger} variant="outline" size="sm">
              Actions
            </Button>
          )}
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="max-w-80">
          {view ? (
            <Items view={view} provider={provider} onChoose={setChosen} />
          ) : (
            <DropdownMenuLabel className="font-normal text-muted-foreground">
              {problem ?? "Looking what can be done…"}
            </DropdownMenuLabel>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      {chosen === "removal" && (
        <RemovalDialog
          row={row}
          provider={provider}
          onClose={close}
          showEarly={showRemovalEarly}
          opener={trigger}
        />
      )}
      {chosen && chosen !== "removal" && (
        <OperationDialog
          row={row}
          action={chosen}
          onClose={close}
          showEarly={showActionEarly && ((input) => showActionEarly(chosen, input))}
          opener={trigger}
        />
      )}
    </>
  )
}

interface ItemsProps {
  view: ResourceView
  provider: string
  onChoose(chosen: Operation | "removal"): void
}

function Items({ view, provider, onChoose }: ItemsProps) {
  const { actions, removableAs } = view
  if (actions.length === 0 && !removableAs) {
    return (
      <DropdownMenuLabel className="font-normal text-muted-foreground">
        Nothing can be done to it from here.
      </DropdownMenuLabel>
    )
  }
  return (
    <>
      {actions.map((action) => (
        <DropdownMenuItem key={action.name} onSelect={() => onChoose(action)}>
          {action.title}…
        </DropdownMenuItem>
      ))}
      {actions.length > 0 && removableAs && <DropdownMenuSeparator />}
      {removableAs && (
        <DropdownMenuItem variant="destructive" onSelect={() => onChoose("removal")}>
          <TrashIcon aria-hidden />
          Remove at {provider}…
        </DropdownMenuItem>
      )}
    </>
  )
}
