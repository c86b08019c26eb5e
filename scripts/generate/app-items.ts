import { existsSync } from "node:fs"
import { join } from "node:path"
import type { ItemSource } from "./items.ts"

/** Each page is an item of its own: `registry/ui/pages/backups` is `backups-page`. */
const pages: Readonly<Record<string, { title: string; description: string }>> = {
  overview: {
    title: "Overview page",
    description: "Counts by table, provider and status; the last syncs; what changed; who did what.",
  },
  docks: {
    title: "Docks page",
    description: "Connected accounts with status, budget and interval; connect, rotate, disconnect.",
  },
  infrastructure: {
    title: "Infrastructure pages",
    description: "Tables of every resource with search, filters, views and export; details; DNS records.",
  },
  backups: {
    title: "Backups page",
    description: "Schedules, integrations and backups of several docks at once, with alerts for what failed.",
  },
  deployments: {
    title: "Deployments page",
    description: "What was deployed where, the newest first; redeploy and roll back.",
  },
  provision: {
    title: "Provision pages",
    description: "Choose what to make, see the exact requests, run them and watch the states live.",
  },
  monitoring: { title: "Monitoring page", description: "Monitors and issues across providers." },
  activity: { title: "Activity page", description: "The audit log, with filters and export." },
  settings: { title: "Settings page", description: "Organisation, members and roles, keys, theme." },
}

/** React and Tailwind are a matter of a project's whole set-up: bundler, compiler, styles. */
const expects = ["react", "react-dom", "tailwindcss"]

const version = "0.1.0"

const others: readonly ItemSource[] = [
  {
    name: "ui",
    title: "Interface",
    description: "What the pages are made of: the data port, tables, forms, badges, states, theme.",
    version,
    from: ["registry/ui"],
    expects,
  },
  {
    name: "dashboard",
    title: "Dashboard",
    description: "All pages in one: sidebar, command palette, router, light and dark.",
    version,
    from: ["registry/ui/app"],
    kind: "app",
    expects,
    docs: 'Render <Dashboard port={…} /> of ui/app/dashboard.tsx, and import ui/theme.css in your CSS after "tailwindcss". Its rows come through a data port: add data-fetch for the server item, or data-convex for a Convex deployment.',
  },
  {
    name: "server",
    title: "Server",
    description: "Serves the rows of a store over HTTP, with permissions, live events and strict headers.",
    version,
    from: ["registry/server"],
    kind: "app",
  },
  {
    name: "auth",
    title: "Sign-in",
    description: "E-mail and password, OAuth, organisations and invitations, for the server.",
    version,
    from: ["registry/auth", "registry/ui/sign-in"],
    kind: "app",
  },
  {
    name: "data-fetch",
    title: "Data over HTTP",
    description: "The side of the data port that asks the server item.",
    version,
    from: ["registry/bindings/fetch"],
    kind: "app",
  },
  {
    name: "data-convex",
    title: "Data from Convex",
    description: "The side of the data port that asks a Convex deployment, with live queries.",
    version,
    from: ["registry/bindings/convex"],
    kind: "app",
  },
]

const PAGE_DOCS =
  'Render it inside <DataProvider> and <NavigationProvider> of the ui folder, and import ui/theme.css in your CSS after "tailwindcss". The item dashboard shows all pages in one, with a router.'

export function appItems(root: string): ItemSource[] {
  const pageItems = Object.entries(pages).map(
    ([folder, { title, description }]): ItemSource => ({
      name: `${folder}-page`,
      title,
      description,
      version,
      from: [`registry/ui/pages/${folder}`],
      kind: "app",
      expects,
      docs: PAGE_DOCS,
    }),
  )
  return [...others, ...pageItems].filter(({ from }) => from.some((path) => existsSync(join(root, path))))
}
