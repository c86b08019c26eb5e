import { z } from "zod"
import { instant, provisioningState, type Row, systemTable, text, timestamp } from "./table.ts"

/** One step of an intent, from the moment before the provider is asked to make something. */
export const provisioningStep = z.strictObject({
  name: z.string(),
  /**
   * - `started`: the provider is being asked, or was when the process ended: it may have been made.
   * - `made`, and then perhaps `undone`, or `left` when it could not be removed.
   * - `unknown`: given up without knowing whether it was made.
   */
  outcome: z.enum(["started", "made", "undone", "left", "unknown"]),
  startedAt: timestamp(),
  /** What `find` found before anything was made: it is somebody else's. */
  foundBefore: text(),
  /** The provider's id of what was made, and what later steps need to know of it. */
  id: text(),
  data: z.record(z.string(), z.json()).nullable(),
  /** Why it could not be removed. */
  error: text(),
})
export type ProvisioningStep = z.output<typeof provisioningStep>

/** An intent to make or remove something at a provider, written before the provider is called. */
export const provisionings = systemTable({
  name: "provisionings",
  description: "An intent to make or remove something at a provider, written before the provider is called.",
  columns: {
    id: z.string(),
    orgId: z.string(),
    dockId: z.string(),
    operation: z.enum(["provision", "deprovision"]),
    kind: z.string(),
    tableName: z.string(),
    state: provisioningState,
    idempotencyKey: z.string(),
    /** What was asked for, without secrets. */
    input: z.record(z.string(), z.json()),
    /** Where in the input the secrets were. They are kept nowhere. */
    withheld: z.array(z.array(z.string())),
    /** Each step with its outcome, so that a crash can be resumed or rolled back. */
    steps: z.array(provisioningStep),
    /** A step has failed, and what the ones before made is being removed. */
    isRollingBack: z.boolean(),
    providerResourceId: text(),
    /** What went wrong last; it goes away when it no longer matters. */
    errorCode: text(),
    errorMessage: text(),
    requestedBy: z.string(),
    /** Who works on it now, and until when that claim holds. */
    leaseHolder: text(),
    leaseExpiresAt: instant(),
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
