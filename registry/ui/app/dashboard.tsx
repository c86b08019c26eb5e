import { RouterProvider } from "@tanstack/react-router"
import { useLayoutEffect, useState } from "react"
import { followTheme } from "../page/theme.ts"
import { type DashboardOptions, OptionsProvider } from "./options.tsx"
import { createDashboardRouter } from "./router.tsx"

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
