import { CheckIcon, ChevronsUpDownIcon, ShipIcon } from "lucide-react"
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"
import { useRead } from "../data/hooks.tsx"
import { useOptions } from "./options.tsx"

/** Whose infrastructure this is, and the others of the same user to go to. */
export function OrganizationName() {
  const { onChooseOrganization } = useOptions()
  const { data } = useRead("session", {})
  if (!data) return null
  const { organization, organizations, orgId } = data
  const name = (
    <>
      <span className="grid size-6 shrink-0 place-content-center rounded-md bg-primary text-primary-foreground">
        <ShipIcon aria-hidden className="size-3.5" />
      </span>
      <span className="min-w-0 flex-1 truncate text-left font-semibold">{organization}</span>
    </>
  )
  if (!onChooseOrganization || organizations.length < 2) {
    return <div className="flex w-full min-w-0 items-center gap-2 px-1">{name}</div>
  }
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="flex w-full min-w-0 cursor-pointer items-center gap-2 rounded-md p-1 hover:bg-accent focus-visible:outline-2 focus-visible:outline-ring">
        {name}
        <ChevronsUpDownIcon aria-hidden className="size-4 text-muted-foreground" />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-56">
        <DropdownMenuLabel>Organisations</DropdownMenuLabel>
        {organizations.map(({ id, name }) => (
          <DropdownMenuItem key={id} onSelect={() => onChooseOrganization(id)}>
            <span className="min-w-0 flex-1 truncate">{name}</span>
            {id === orgId && <CheckIcon aria-label="This one" />}
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
