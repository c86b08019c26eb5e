import type { ReactNode } from "react"
import { DataProvider } from "../data/hooks.tsx"
import { type Navigation, NavigationProvider } from "../data/navigation.tsx"
import type { DataPort } from "../data/port.ts"
import { ConfirmProvider } from "../feedback/confirm.tsx"
import { Toasts } from "../feedback/toasts.tsx"
import { ShownSecrets } from "../operations/shown-secrets.tsx"

/** All that a page needs around it, in an app of one's own. The whole dashboard brings it along. */
export function PageProviders({
  port,
  navigation,
  children,
}: {
  port: DataPort
  navigation: Navigation
  children: ReactNode
}) {
  return (
    <DataProvider port={port}>
      <NavigationProvider value={navigation}>
        <ConfirmProvider>
          <ShownSecrets>{children}</ShownSecrets>
        </ConfirmProvider>
        <Toasts />
      </NavigationProvider>
    </DataProvider>
  )
}
