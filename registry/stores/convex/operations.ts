import { auditOperations } from "./audit.ts"
import { changeOperations } from "./changes.ts"
import { dockOperations } from "./docks.ts"
import { organizationOperations } from "./organizations.ts"
import { provisioningOperations } from "./provisionings.ts"
import { rowReadOperations } from "./row-reads.ts"
import { rowOperations } from "./rows.ts"
import { runOperations } from "./runs.ts"
import { scopeOperations } from "./scopes.ts"

/** All that the store does in the database, each in one transaction. */
export const operations = {
  ...dockOperations,
  ...runOperations,
  ...rowOperations,
  ...rowReadOperations,
  ...scopeOperations,
  ...provisioningOperations,
  ...organizationOperations,
  ...auditOperations,
  ...changeOperations,
}
export type Operations = typeof operations
