import { z } from "zod"
import { defineDock } from "../../registry/core/dock.ts"
import { resource } from "../../registry/core/resource.ts"
import type { DockRow } from "../../registry/schema/docks.ts"

const Instance = z.looseObject({
  id: z.string(),
  label: z.string().optional(),
  main_ip: z.string().optional(),
  region: z.string().optional(),
  plan: z.string().optional(),
  os: z.string().optional(),
  vcpu_count: z.number().optional(),
  ram: z.number().optional(),
  disk: z.number().optional(),
  hostname: z.string().optional(),
})

/** A dock whose provider answers at once, with pages of a hundred servers as clouds describe them (about 500 bytes each). */
export function benchDock(rows: number) {
  return defineDock({
    provider: "bench",
    title: "Bench",
    website: "https://bench.example",
    hosts: [],
    credentials: z.strictObject({}),
    limits: { windows: [], documentedAt: "https://bench.example" },
    connect: () => undefined,
    verify: async () => ({ id: "bench", name: "Bench" }),
    sync: {
      servers: resource("servers", Instance, {
        async *list() {
          for (let start = 0; start < rows; start += 100) {
            const length = Math.min(100, rows - start)
            yield { items: Array.from({ length }, (_, index) => instance(start + index)), total: rows }
          }
        },
        map: (server) => ({
          providerResourceId: server.id,
          name: server.label ?? server.id,
          status: "running",
          primaryIpAddress: server.main_ip,
          region: server.region,
          plan: server.plan,
          operatingSystem: server.os,
          cpuCores: server.vcpu_count,
          memoryMb: server.ram,
          diskGb: server.disk,
          hostname: server.hostname,
        }),
      }),
    },
  })
}

function instance(number: number) {
  return {
    id: `a632aa59-${number.toString(16).padStart(8, "0")}`,
    label: `web-${number}`,
    main_ip: `192.0.2.${number % 256}`,
    internal_ip: "10.0.0.4",
    hostname: `web-${number}.example.com`,
    region: "ams",
    plan: "vc2-1c-1gb",
    os: "Ubuntu 24.04 LTS x64",
    os_id: 2284,
    vcpu_count: 1,
    ram: 1024,
    disk: 25,
    status: "active",
    power_status: "running",
    server_status: "ok",
    date_created: "2026-01-01T00:00:00+00:00",
    features: ["ipv6"],
    tags: ["web", "blue"],
    v6_networks: [{ network: "2001:db8:5::", main_ip: "2001:db8:5::1", network_size: 64 }],
    user_scheme: "root",
    firewall_group_id: "",
    image_id: "",
    app_id: 0,
  }
}

export function benchDockRow(): DockRow {
  const now = new Date().toISOString()
  return {
    id: "bench",
    orgId: "bench",
    provider: "bench",
    name: "bench",
    accountId: null,
    accountName: null,
    status: "connected",
    credentials: null,
    lastError: null,
    lastSyncedAt: null,
    syncIntervalMinutes: null,
    leaseHolder: null,
    leaseExpiresAt: null,
    createdAt: now,
    updatedAt: now,
  }
}
