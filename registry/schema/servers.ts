import { integer, list, type Row, resourceTable, text } from "./table.ts"

/** Machines: virtual or bare, managed or not. */
export const servers = resourceTable({
  name: "servers",
  description: "Machines: virtual or bare, managed or not.",
  statuses: ["provisioning", "running", "stopping", "stopped", "restarting", "deleting", "error", "unknown"],
  columns: {
    primaryIpAddress: text(),
    ipAddresses: list(),
    hostname: text(),
    region: text(),
    plan: text(),
    operatingSystem: text(),
    cpuCores: integer(),
    memoryMb: integer(),
    diskGb: integer(),
    /** What runs on it, in the provider's words: `nginx, mariadb`. */
    stack: text(),
    /** Who runs the machine below, when the provider only manages it. */
    infrastructureProvider: text(),
  },
  searched: ["hostname", "primaryIpAddress", "ipAddresses"],
  lookups: ["primaryIpAddress"],
})
export type Server = Row<typeof servers>
