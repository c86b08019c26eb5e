import { integer, type Row, real, resourceTable, text } from "./table.ts"

export const databases = resourceTable({
  name: "databases",
  description: "Managed databases. Connection strings and passwords never come here.",
  statuses: ["provisioning", "running", "updating", "sleeping", "stopped", "deleting", "error", "unknown"],
  columns: {
    engine: text(),
    engineVersion: text(),
    region: text(),
    plan: text(),
    hostname: text(),
    port: integer(),
    storageGb: real(),
    nodeCount: integer(),
    serverProviderId: text(),
    parentProviderId: text(),
  },
  searched: ["hostname", "engine"],
  indexes: [["serverProviderId"]],
})
export type Database = Row<typeof databases>
