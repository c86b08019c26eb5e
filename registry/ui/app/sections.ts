import {
  ArchiveIcon,
  CirclePlusIcon,
  HeartPulseIcon,
  HistoryIcon,
  LayoutDashboardIcon,
  type LucideIcon,
  PlugIcon,
  RocketIcon,
  SettingsIcon,
} from "lucide-react"
import type { Area } from "../../engine/permissions.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import { tableIcons } from "../badges/table-icon.tsx"
import type { Place } from "../data/navigation.tsx"
import { tableTitle } from "../format/words.ts"

/** One line of the sidebar. */
export interface Item {
  title: string
  icon: LucideIcon
  to: Place
  /** Who may not read it is not led there. */
  area?: Area
  /** After `g`: where the keyboard leads. */
  key?: string
}

export const overview: Item = {
  title: "Overview",
  icon: LayoutDashboardIcon,
  to: { page: "overview" },
  key: "o",
}
export const docks: Item = {
  title: "Docks",
  icon: PlugIcon,
  to: { page: "docks" },
  area: "docks",
  key: "d",
}
export const operations: readonly Item[] = [
  { title: "Backups", icon: ArchiveIcon, to: { page: "backups" }, area: "resources", key: "b" },
  { title: "Deployments", icon: RocketIcon, to: { page: "deployments" }, area: "resources", key: "y" },
  { title: "Provision", icon: CirclePlusIcon, to: { page: "provision" }, area: "provisioning", key: "p" },
]
export const rest: readonly Item[] = [
  { title: "Monitoring", icon: HeartPulseIcon, to: { page: "monitoring" }, area: "monitoring", key: "m" },
  { title: "Activity", icon: HistoryIcon, to: { page: "activity" }, area: "settings", key: "a" },
  { title: "Settings", icon: SettingsIcon, to: { page: "settings" }, key: "," },
]

/** The tables that have no page of their own elsewhere. */
const infrastructureTables = [
  "servers",
  "webServices",
  "domains",
  "dnsRecords",
  "databases",
  "blockVolumes",
  "buckets",
  "repositories",
] as const satisfies readonly ResourceTableName[]

const keys: Partial<Record<ResourceTableName, string>> = { servers: "s", webServices: "w", domains: "n" }

function tableItem(table: ResourceTableName): Item {
  const key = keys[table]
  return {
    title: tableTitle(table),
    icon: tableIcons[table],
    to: { page: "table", table },
    area: table === "repositories" ? "projects" : "resources",
    ...(key === undefined ? {} : { key }),
  }
}

/** All of them stay in their place, with rows or without: what is looked for is where it was. */
export const infrastructure: readonly Item[] = infrastructureTables.map(tableItem)

/** All of them, for the palette and the keyboard. */
export const allItems: readonly Item[] = [overview, docks, ...infrastructure, ...operations, ...rest]
