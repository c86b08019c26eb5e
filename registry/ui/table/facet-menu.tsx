import { ChevronDown } from "lucide-react"
import type { ReactNode } from "react"
import { Badge } from "@/components/ui/badge"
import { Button } from "@/components/ui/button"
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu"
import { useNavigation } from "../data/navigation.tsx"
import { formatCount } from "../format/numbers.ts"
import { type Facet, toggled, valuesOf } from "./search.ts"

export interface FacetChoice {
  value: string
  title: ReactNode
  /** Undefined where it is not known. */
  count?: number | undefined
}

interface FacetMenuProps {
  facet: Facet
  title: string
  choices: FacetChoice[]
}

/** Chooses any of several values. What is chosen stands in the address. */
export function FacetMenu({ facet, title, choices }: FacetMenuProps) {
  const { search, setSearch } = useNavigation()
  const chosen = valuesOf(search, facet)
  // What the address names and nobody offers is shown too, or it could not be taken away.
  const unknown = chosen.filter((value) => !choices.some((choice) => choice.value === value))
  const offered = [...choices, ...unknown.map((value) => ({ value, title: value, count: 0 }))]
  if (offered.length === 0) return null
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" size="sm" className="border-dashed">
          {title}
          {chosen.length > 0 && <Badge variant="secondary">{chosen.length}</Badge>}
          <ChevronDown aria-hidden className="opacity-60" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="max-h-96 min-w-52 overflow-y-auto">
        {offered.map(({ value, title, count }) => (
          <DropdownMenuCheckboxItem
            key={value}
            checked={chosen.includes(value)}
            // The menu stays open: more than one can be chosen.
            onSelect={(event) => event.preventDefault()}
            onCheckedChange={() => setSearch({ [facet]: toggled(search, facet, value) }, { replace: true })}
          >
            <span className="flex min-w-0 items-center gap-2">{title}</span>
            {count !== undefined && (
              <span className="ml-auto pl-4 text-xs text-muted-foreground tabular-nums">
                {formatCount(count)}
              </span>
            )}
          </DropdownMenuCheckboxItem>
        ))}
        {chosen.length > 0 && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => setSearch({ [facet]: undefined }, { replace: true })}>
              Clear
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
