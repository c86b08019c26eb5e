import { DockError } from "../../core/errors.ts"
import type { PagesProjectKey } from "./api/pages.ts"
import type { BucketKey } from "./api/storage.ts"
import type { WorkerKey } from "./api/workers.ts"

/**
 * The ids of our rows. Cloudflare's names are unique within an account, and its ids are asked for below an account or a
 * zone, so an id of ours is the path to the thing.
 */
export const projectId = ({ account, project }: PagesProjectKey) => `${account}/pages/${project}`
export const workerId = ({ account, script }: WorkerKey) => `${account}/workers/${script}`
export const bucketId = ({ account, jurisdiction, bucket }: BucketKey) =>
  `${account}/${jurisdiction}/${bucket}`

export type Service =
  | ({ readonly kind: "pages" } & PagesProjectKey)
  | ({ readonly kind: "workers" } & WorkerKey)

/** `account/pages/project` or `account/workers/script`. */
export function serviceOf(id: string): Service {
  const [account = "", kind, name = ""] = id.split("/")
  if (kind === "pages" && name) return { kind, account, project: name }
  if (kind === "workers" && name) return { kind, account, script: name }
  throw notOurs(id)
}

export function projectOf(id: string): PagesProjectKey {
  const service = serviceOf(id)
  if (service.kind === "pages") return service
  throw notOurs(id)
}

export function workerOf(id: string): WorkerKey {
  const service = serviceOf(id)
  if (service.kind === "workers") return service
  throw notOurs(id)
}

/** For `appliesTo`: rows of one table that are of one kind. */
export const isOf =
  (kind: "pages" | "workers" | "d1" | "kv") =>
  ({ providerResourceId }: { readonly providerResourceId: string }) =>
    providerResourceId.split("/")[1] === kind

/** `account/pages/project/deployment`. */
export function deploymentOf(id: string): { key: PagesProjectKey; deployment: string } {
  const [account = "", kind, project = "", deployment = ""] = id.split("/")
  if (kind === "pages" && project && deployment) return { key: { account, project }, deployment }
  throw notOurs(id)
}

/** `zone/record`. */
export function recordOf(id: string): { zone: string; record: string } {
  const [zone = "", record = ""] = id.split("/")
  if (zone && record) return { zone, record }
  throw notOurs(id)
}

export type Database = { readonly kind: "d1" | "kv"; readonly account: string; readonly id: string }

/** `account/d1/database` or `account/kv/namespace`. */
export function databaseOf(rowId: string): Database {
  const [account = "", kind, id = ""] = rowId.split("/")
  if ((kind === "d1" || kind === "kv") && id) return { kind, account, id }
  throw notOurs(rowId)
}

/** `account/jurisdiction/bucket`. */
export function bucketOf(id: string): BucketKey {
  const [account = "", jurisdiction, bucket = ""] = id.split("/")
  if ((jurisdiction === "default" || jurisdiction === "eu") && bucket)
    return { account, jurisdiction, bucket }
  throw notOurs(id)
}

function notOurs(id: string): DockError {
  return new DockError({
    code: "invalid_request",
    provider: "cloudflare",
    message: `cloudflare: "${id}" is not of the kind that this can be done to.`,
    suggestion: "Choose a row of the kind that the dock's README names for this.",
  })
}
