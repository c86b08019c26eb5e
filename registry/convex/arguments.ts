import { v } from "convex/values"
import { resourceTables } from "../schema/index.ts"

export const tableName = v.union(...Object.values(resourceTables).map(({ name }) => v.literal(name)))
