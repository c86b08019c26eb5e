import { createContext, type ReactNode, useContext } from "react"
import type { DataPort } from "../data/port.ts"

/** What the app around the dashboard decides. */
export interface DashboardOptions {
  port: DataPort
  /** Where the dashboard lies, when not at the root: `/admin`. */
  basePath?: string | undefined
  /** After somebody has signed out. The page is loaded anew when left out. */
  onSignOut?: (() => void) | undefined
  /** Offers the user's other organisations. */
  onChooseOrganization?: ((id: string) => void) | undefined
  /** Instead of the pages, as long as nobody is signed in. */
  signIn?: ReactNode
}

const Options = createContext<DashboardOptions | undefined>(undefined)

export function OptionsProvider({ options, children }: { options: DashboardOptions; children: ReactNode }) {
  return <Options value={options}>{children}</Options>
}

export function useOptions(): DashboardOptions {
  const options = useContext(Options)
  if (!options) throw new Error("This needs a <Dashboard> around it.")
  return options
}
