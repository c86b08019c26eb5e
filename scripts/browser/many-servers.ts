import { writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Project } from "./stage.ts"

/** Connects an account of so many servers, with the names, regions and states that a large one has, and syncs it. */
export async function withManyServers(project: Project, count: number): Promise<void> {
  const docks = join(project.dir, "src/stackdock/docks")
  writeFileSync(join(docks, "many.ts"), dock(count))
  writeFileSync(
    join(docks, "index.ts"),
    `import type { AnyDock } from "../core/dock.ts"
import { many } from "./many.ts"

export const docks: readonly AnyDock[] = [many]
`,
  )
  await project.run(["connect", "many", "--credentials-stdin"], "{}")
  await project.run(["sync"])
}

const dock = (count: number) => `import { z } from "zod"
import { defineDock } from "../core/dock.ts"
import { resource } from "../core/resource.ts"

const Instance = z.looseObject({ id: z.string(), name: z.string(), ip: z.string(), region: z.string(), plan: z.string(), state: z.string(), memory: z.number() })
const roles = ["web", "api", "worker", "cache", "database", "queue", "search", "edge"]
const regions = ["ams", "fra", "lhr", "nyc", "sfo", "sgp", "syd"]
const states = ["running", "running", "running", "running", "stopped", "error"]
const at = (list: readonly string[], n: number) => list[n % list.length] ?? ""

export const many = defineDock({
  provider: "many",
  title: "Many",
  website: "https://many.example",
  hosts: [],
  credentials: z.strictObject({}),
  limits: { windows: [], documentedAt: "https://many.example" },
  connect: () => undefined,
  verify: async () => ({ id: "many", name: "Many servers" }),
  sync: {
    servers: resource("servers", Instance, {
      async *list() {
        for (let start = 0; start < ${count}; start += 500) {
          const items = Array.from({ length: Math.min(500, ${count} - start) }, (_, index) => {
            const n = start + index
            return { id: String(n), name: \`\${at(roles, n * 7)}-\${at(regions, n * 3)}-\${String(n).padStart(6, "0")}\`, ip: \`10.\${(n >> 16) & 255}.\${(n >> 8) & 255}.\${n & 255}\`, region: at(regions, n * 3), plan: \`c\${1 << (n % 5)}\`, state: at(states, n), memory: 1024 << (n % 5) }
          })
          yield { items, total: ${count} }
        }
      },
      map: (server) => ({
        providerResourceId: server.id,
        name: server.name,
        status: server.state === "running" ? "running" : server.state === "stopped" ? "stopped" : "error",
        providerStatus: server.state,
        primaryIpAddress: server.ip,
        region: server.region,
        plan: server.plan,
        memoryMb: server.memory,
        operatingSystem: "Ubuntu 24.04",
      }),
    }),
  },
})
`
