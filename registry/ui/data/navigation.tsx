import { type ComponentProps, createContext, type ReactNode, useContext } from "react"
import type { ResourceTableName } from "../../schema/index.ts"

/** Where a page may lead to, whatever router the app around it has. */
export type Place =
  | { page: "overview" | "docks" | "deployments" | "monitoring" | "activity" | "settings" }
  | { page: "backups"; tab?: "schedules" | "integrations" | "backups" }
  | { page: "connect"; provider?: string }
  | { page: "table"; table: ResourceTableName; search?: Search }
  | { page: "resource"; id: string }
  /** `from`: a provisioning whose input the form begins with. */
  | { page: "provision"; kind?: string; dock?: string; from?: string }
  | { page: "provisioning"; id: string }

/** What the address says after its `?`: filters, sort, tabs. */
export type Search = Readonly<Record<string, string>>

/** How the pages move: the app's router, behind the few things that they need of it. */
export interface Navigation {
  href(place: Place): string
  go(place: Place): void
  /** Of the page that is shown. */
  readonly search: Search
  /** Replaces what is named and keeps the rest; `undefined` takes it away. `replace` leaves no entry for the Back button. */
  setSearch(changes: Readonly<Record<string, string | undefined>>, options?: { replace?: boolean }): void
}

const NavigationContext = createContext<Navigation | undefined>(undefined)

export function NavigationProvider({ value, children }: { value: Navigation; children: ReactNode }) {
  return <NavigationContext value={value}>{children}</NavigationContext>
}

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext)
  if (!navigation) throw new Error("This needs a <NavigationProvider> around it.")
  return navigation
}

/** An ordinary link: a click moves within the app, and everything else (a new tab, copying it) is the browser's. */
export function PlaceLink({ to, onClick, ...props }: { to: Place } & ComponentProps<"a">) {
  const { href, go } = useNavigation()
  return (
    <a
      {...props}
      href={href(to)}
      onClick={(event) => {
        onClick?.(event)
        if (event.defaultPrevented || event.button !== 0) return
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
        event.preventDefault()
        go(to)
      }}
    />
  )
}
