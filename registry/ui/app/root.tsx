import { Outlet } from "@tanstack/react-router"
import { PageProviders } from "../page/providers.tsx"
import { useRouterNavigation } from "./navigation.ts"
import { useOptions } from "./options.tsx"
import { SessionGate } from "./session-gate.tsx"
import { Shell } from "./shell.tsx"

/** Always the same element: a letter typed into a search changes the address, and is no reason to draw all of this again. */
const app = (
  <SessionGate>
    <Shell>
      <Outlet />
    </Shell>
  </SessionGate>
)

export function Root() {
  const { port } = useOptions()
  const navigation = useRouterNavigation()
  return (
    <PageProviders port={port} navigation={navigation}>
      {app}
    </PageProviders>
  )
}
