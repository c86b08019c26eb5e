import { z } from "zod"
import type { AnyDock } from "../../registry/core/dock.ts"
import { cloudflare } from "../../registry/docks/cloudflare/index.ts"
import { gridpane } from "../../registry/docks/gridpane/index.ts"
import { netlify } from "../../registry/docks/netlify/index.ts"
import { vercel } from "../../registry/docks/vercel/index.ts"
import { appItems } from "./app-items.ts"
import { componentItems } from "./component-items.ts"

/** The docks that the registry publishes, in the order of the list. */
export const publishedDocks: readonly AnyDock[] = [gridpane, vercel, netlify, cloudflare]

/** Hosts that rows point people to, and that no dock calls. */
const links: Readonly<Record<string, readonly string[]>> = {
  vercel: ["bitbucket.org", "github.com", "vercel.com"],
  cloudflare: ["dash.cloudflare.com", "github.com", "gitlab.com"],
}

export interface ItemSource {
  name: string
  title: string
  description: string
  version: string
  /**
   * Folders or files below the repository's root. All that is in them is part of the item, except tests of our own and
   * what another item names more closely.
   */
  from: readonly string[]
  /** Shared code when left out. */
  kind?: "app" | "component" | "dock"
  /** What whoever adds it by name does next. */
  docs?: string
  /** Packages that a project has set up before. */
  expects?: readonly string[]
  /** The item serves tests only, and stays out of a project that wants none. */
  testsOnly?: boolean
  /** npm packages that those it imports need beside them; not every package manager brings these by itself. */
  peers?: readonly string[]
  meta?: Record<string, unknown>
}

const shared: readonly ItemSource[] = [
  {
    name: "schema",
    title: "Universal schema",
    description: "The tables every provider is mapped onto, written once in zod.",
    version: "0.1.0",
    from: ["registry/schema"],
  },
  {
    name: "core",
    title: "Core",
    description: "What every dock leans on: the dock contract, HTTP, paging, errors, secrets.",
    version: "0.1.0",
    from: ["registry/core"],
  },
  {
    name: "engine",
    title: "Engine",
    description:
      "Moves rows between docks and a store: connect, sync, read; with permissions and an audit log.",
    version: "0.1.0",
    from: ["registry/engine"],
  },
  {
    name: "security",
    title: "Security",
    description:
      "Encrypts credentials with AES-256-GCM, bound to their organisation and dock; keeps and rotates the keys.",
    version: "0.1.0",
    from: ["registry/security"],
  },
  {
    name: "store-memory",
    title: "Memory store",
    description: "Keeps rows in memory, for tests.",
    version: "0.1.0",
    from: ["registry/stores/memory"],
  },
  {
    name: "store-sql",
    title: "SQL store",
    description: "Keeps rows in an embedded SQLite-compatible file.",
    version: "0.1.0",
    from: ["registry/stores/sql"],
  },
  {
    name: "store-convex",
    title: "Convex store",
    description: "Keeps rows in the tables of a Convex deployment.",
    version: "0.1.0",
    from: ["registry/stores/convex"],
  },
  {
    name: "convex",
    title: "Convex functions",
    description: "Connect, sync, provision and read inside a Convex deployment: functions, clock, webhook.",
    version: "0.1.0",
    from: ["registry/convex"],
    peers: ["convex-helpers"],
  },
  {
    name: "contract",
    title: "Contract test kit",
    description: "Replays recorded responses and runs the suite that every dock passes.",
    version: "0.1.0",
    from: ["registry/contract"],
    testsOnly: true,
  },
]

export function itemSources(root: string): ItemSource[] {
  return [...shared, ...appItems(root), ...publishedDocks.map(dockItem), ...componentItems(root)]
}

function dockItem(dock: AnyDock): ItemSource {
  return {
    name: dock.provider,
    title: dock.title,
    description: `The ${dock.title} dock: API client, types, mapping and contract tests.`,
    version: "0.1.0",
    from: [`registry/docks/${dock.provider}`],
    kind: "dock",
    meta: {
      provider: dock.provider,
      website: dock.website,
      hosts: dock.hosts,
      ...(links[dock.provider] ? { links: links[dock.provider] } : {}),
      tables: Object.keys(dock.sync),
      provisions: Object.keys(dock.provision ?? {}),
      credentials: z.toJSONSchema(dock.credentials, { io: "input" }),
    },
  }
}
