import { defineSchema } from "convex/server"
import { stackdockTables } from "./stackdock/stores/convex/tables.ts"

export default defineSchema({
  ...stackdockTables,
})
