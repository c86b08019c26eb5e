import { z } from "zod"
import { type Row, systemTable, timestamp } from "./table.ts"

export const organizations = systemTable({
  name: "organizations",
  description: "Whose rows they are. An embedded project has one.",
  columns: {
    id: z.string(),
    name: z.string(),
    slug: z.string(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
  },
  unique: [["slug"]],
})
export type Organization = Row<typeof organizations>

export const memberships = systemTable({
  name: "memberships",
  description: "Who belongs to an organisation, and as what.",
  columns: {
    id: z.string(),
    orgId: z.string(),
    userId: z.string(),
    /** One of the five roles, or the name of a custom one. */
    role: z.string(),
    createdAt: timestamp(),
    updatedAt: timestamp(),
  },
  unique: [["orgId", "userId"]],
  indexes: [["userId"]],
})
export type Membership = Row<typeof memberships>
