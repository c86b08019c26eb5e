import { integer, type Row, resourceTable, text } from "./table.ts"

export const blockVolumes = resourceTable({
  name: "blockVolumes",
  description: "Disks that can be attached to a server.",
  statuses: ["provisioning", "available", "attached", "deleting", "error", "unknown"],
  columns: {
    sizeGb: integer(),
    region: text(),
    volumeType: text(),
    serverProviderId: text(),
    mountPath: text(),
  },
  searched: ["mountPath"],
  indexes: [["serverProviderId"]],
})
export type BlockVolume = Row<typeof blockVolumes>
