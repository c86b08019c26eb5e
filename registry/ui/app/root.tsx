import { Outlet } from "@tanstack/react-router"
import { PageProviders } from "../page/providers.tsx"
import { useRouterNavigation } from "./navigation.ts"
import { useOptions } from "./options.tsx"
import { SessionGate } from "./session-gate.tsx"
import { Shell } from "./shell.tsx"

export function Root() {
  const { port } = useOptions()
  const navigation = useRouterNavigation()
  return (
    <PageProviders port={port} navigation={navigation}>
      <SessionGate>
        <Shell>
          <Outlet />
        </Shell>
      </SessionGate>
    </PageProviders>
  )
}
