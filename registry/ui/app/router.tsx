import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  useParams,
} from "@tanstack/react-router"
import { isTableName } from "../format/words.ts"
import { NotFoundPage } from "./not-found.tsx"
import { useOptions } from "./options.tsx"
import { PagePending } from "./page-pending.tsx"
import { query, searchOf } from "./places.ts"
import { Root } from "./root.tsx"
import { RouteError } from "./route-error.tsx"

// Each page is a file of its own, loaded when it is first opened.
const InfrastructurePage = lazyRouteComponent(
  () => import("../pages/infrastructure/infrastructure-page.tsx"),
  "InfrastructurePage",
)
const ResourcePage = lazyRouteComponent(
  () => import("../pages/infrastructure/resource-page.tsx"),
  "ResourcePage",
)
const ProvisioningPage = lazyRouteComponent(
  () => import("../pages/provision/provisioning-page.tsx"),
  "ProvisioningPage",
)

const SettingsPage = lazyRouteComponent(() => import("../pages/settings/settings-page.tsx"), "SettingsPage")

const pages = {
  "/": lazyRouteComponent(() => import("../pages/overview/overview-page.tsx"), "OverviewPage"),
  "/docks": lazyRouteComponent(() => import("../pages/docks/docks-page.tsx"), "DocksPage"),
  "/docks/connect": lazyRouteComponent(() => import("../pages/docks/connect-page.tsx"), "ConnectPage"),
  "/infrastructure/$table": TableRoute,
  "/resource/$id": ResourceRoute,
  "/backups": lazyRouteComponent(() => import("../pages/backups/backups-page.tsx"), "BackupsPage"),
  "/deployments": lazyRouteComponent(
    () => import("../pages/deployments/deployments-page.tsx"),
    "DeploymentsPage",
  ),
  "/provision": lazyRouteComponent(() => import("../pages/provision/provision-page.tsx"), "ProvisionPage"),
  "/provisioning/$id": ProvisioningRoute,
  "/monitoring": lazyRouteComponent(
    () => import("../pages/monitoring/monitoring-page.tsx"),
    "MonitoringPage",
  ),
  "/activity": lazyRouteComponent(() => import("../pages/activity/activity-page.tsx"), "ActivityPage"),
  "/settings": SettingsRoute,
}

/** Another table, or another row, is another page: nothing that was chosen on one is left on the next. */
function TableRoute() {
  const { table = "" } = useParams({ strict: false })
  return isTableName(table) ? <InfrastructurePage key={table} table={table} /> : <NotFoundPage />
}

function ResourceRoute() {
  const { id = "" } = useParams({ strict: false })
  return <ResourcePage key={id} id={id} />
}

function ProvisioningRoute() {
  const { id = "" } = useParams({ strict: false })
  return <ProvisioningPage key={id} id={id} />
}

function SettingsRoute() {
  return <SettingsPage onSignedOut={useOptions().onSignOut} />
}

export function createDashboardRouter(basePath = "/") {
  const root = createRootRoute({ component: Root })
  const routes = Object.entries(pages).map(([path, component]) =>
    createRoute({ getParentRoute: () => root, path, component }),
  )
  return createRouter({
    routeTree: root.addChildren(routes),
    basepath: basePath,
    parseSearch: searchOf,
    stringifySearch: query,
    scrollRestoration: true,
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: RouteError,
    defaultNotFoundComponent: NotFoundPage,
  })
}

/** Loads the pages that were not opened yet, so that opening them takes no time. */
export async function loadPages(): Promise<void> {
  const lazy = [...Object.values(pages), InfrastructurePage, ResourcePage, ProvisioningPage, SettingsPage]
  for (const page of lazy) if ("preload" in page) await page.preload?.()
}
