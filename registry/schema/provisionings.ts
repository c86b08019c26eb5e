import { z } from "zod"
import { instant, provisioningState, type Row, systemTable, text, timestamp } from "./table.ts"

/** An intent to make or remove something at a provider, written before the provider is called. */
export const provisionings = systemTable({
  name: "provisionings",
  description: "An intent to make or remove something at a provider, written before the provider is called.",
  columns: {
    id: z.string(),
    orgId: z.string(),
    dockId: z.string(),
    kind: z.string(),
    tableName: z.string(),
    state: provisioningState,
    idempotencyKey: z.string(),
    /** What was asked for, without secrets. */
    input: z.record(z.string(), z.json()),
    /** Each step with its outcome, so that a crash can be resumed or rolled back. */
    steps: z.array(z.record(z.string(), z.json())),
    providerResourceId: text(),
    errorCode: text(),
    errorMessage: text(),
    requestedBy: z.string(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    finishedAt: instant(),
  },
  unique: [["orgId", "idempotencyKey"]],
  indexes: [
    ["dockId", "state"],
    ["orgId", "createdAt"],
  ],
})
export type Provisioning = Row<typeof provisionings>
