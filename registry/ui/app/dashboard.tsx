import { RouterProvider } from "@tanstack/react-router"
import { useLayoutEffect, useState } from "react"
import { applyTheme, followTheme } from "../page/theme.ts"
import { type DashboardOptions, OptionsProvider } from "./options.tsx"
import { createDashboardRouter } from "./router.tsx"

// As soon as this file is there, which is before React draws anything.
if (typeof document !== "undefined") applyTheme()

/** The whole dashboard, over whichever side of the port it is given. */
export function Dashboard(options: DashboardOptions) {
  const [router] = useState(() => createDashboardRouter(options.basePath))
  useLayoutEffect(followTheme, [])
  return (
    <OptionsProvider options={options}>
      <RouterProvider router={router} />
    </OptionsProvider>
  )
}
