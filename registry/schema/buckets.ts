import { flag, integer, type Row, resourceTable, text } from "./table.ts"

export const buckets = resourceTable({
  name: "buckets",
  description: "Object storage.",
  statuses: ["provisioning", "active", "suspended", "deleting", "error", "unknown"],
  columns: {
    region: text(),
    endpoint: text(),
    storageClass: text(),
    isPublic: flag(),
    sizeBytes: integer(),
    objectCount: integer(),
  },
  searched: ["endpoint"],
  restless: ["sizeBytes", "objectCount"],
})
export type Bucket = Row<typeof buckets>
