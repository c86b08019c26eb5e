import {
  internalMutationGeneric,
  internalQueryGeneric,
  type MutationBuilder,
  type QueryBuilder,
  type RegisteredMutation,
  type RegisteredQuery,
} from "convex/server"
import type { ObjectType, PropertyValidators } from "convex/values"
import type { Operation } from "./operation.ts"
import { type Operations, operations } from "./operations.ts"
import { sendingErrors } from "./sent-errors.ts"
import type { StoreModel } from "./tables.ts"

const query: QueryBuilder<StoreModel, "internal"> = internalQueryGeneric
const mutation: MutationBuilder<StoreModel, "internal"> = internalMutationGeneric

/**
 * The operations as internal functions, for actions: `convex/stackdockStore.ts` exports them all. No client can call one,
 * and none of them asks who is calling.
 */
export const {
  insertDock,
  listDocks,
  getDock,
  updateDock,
  removeDock,
  hasCredentials,
  listSealed,
  resealDocks,
  acquireLease,
  releaseLease,
  startRun,
  finishRun,
  latestRun,
  listRuns,
  pageScopes,
  recordScope,
  pageRows,
  pageListed,
  lookupRows,
  countLive,
  countRows,
  findRow,
  findRowByKey,
  putRow,
  markRow,
  newestRow,
  compareRows,
  writeRows,
  pageScope,
  deleteRows,
  insertProvisioning,
  listProvisionings,
  provisioningsOfRow,
  getProvisioning,
  getProvisioningByKey,
  updateProvisioning,
  acquireProvisioning,
  releaseProvisioning,
  ensureOrganization,
  createOrganization,
  getOrganization,
  listOrganizations,
  organizationsOfUser,
  listMembers,
  getMembership,
  setMember,
  removeMember,
  appendAudit,
  pageAudit,
  auditAfter,
  listChanges,
  countChanges,
  pruneChanges,
} = Object.fromEntries(
  Object.entries(operations).map(([name, operation]) => [name, register(operation)]),
) as Functions

type Functions = {
  [Name in keyof Operations]: Operations[Name] extends Operation<infer Kind, infer Args, infer Result>
    ? Kind extends "query"
      ? RegisteredQuery<"internal", ObjectType<Args>, Promise<Result>>
      : RegisteredMutation<"internal", ObjectType<Args>, Promise<Result>>
    : never
}

/** As all of them are: which arguments go with which function is said by `Functions`. */
type AnyOperation =
  | Operation<"query", PropertyValidators, unknown>
  | Operation<"mutation", PropertyValidators, unknown>

function register(operation: AnyOperation) {
  const { args } = operation
  return operation.kind === "query"
    ? query({ args, handler: ({ db }, given) => sendingErrors(() => operation.run(db, given)) })
    : mutation({ args, handler: ({ db }, given) => sendingErrors(() => operation.run(db, given)) })
}
