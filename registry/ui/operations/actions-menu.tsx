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

/** The same for a row of a table: what can be done is asked when somebody wants to know. */
export function RowActions({ row, ...early }: { row: ListedResource } & EarlyShown) {
  const [isWanted, setWanted] = useState(false)
  const { data, error } = useRead("resource", { id: row.id }, { enabled: isWanted })
  const problem = error?.message
  return (
    <Menu {...early} look="dots" row={row} view={data} problem={problem} onWanted={() => setWanted(true)} />
  )
}

interface MenuProps extends Omit<ActionsMenuProps, "view"> {
  row: ListedResource
  /** Undefined as long as it is not known. */
  view: ResourceView | undefined
  problem?: string | undefined
  onWanted?(): void
}

function Menu({
  row,
  view,
  look = "button",
  problem,
  onWanted,
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
      <DropdownMenu onOpenChange={(isOpen) => isOpen && onWanted?.()}>
        <DropdownMenuTrigger asChild>
          {look === "dots" ? (
            <Button ref={trigger} variant="ghost" size="icon-sm" aria-label={`Actions of ${row.name}`}>
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
