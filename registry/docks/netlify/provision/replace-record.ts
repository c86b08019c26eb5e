import { DockError } from "../../../core/errors.ts"
import type { RecordFields } from "../api/dns.ts"
import type { NetlifyApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
import type { NetlifyFullRecord } from "../types.ts"
import { findRecord } from "./dns-records.ts"
import { fieldsOf } from "./record-fields.ts"

/**
 * Puts one record in the place of another: Netlify has no way to change one. The new one is made first, so that the name
 * is never without an answer; only where the two cannot stand together does the old one go first. Whatever fails, what
 * was there before is there again afterwards, or the error says what is not.
 */
export async function replaceRecord(
  api: NetlifyApi,
  zoneId: string,
  old: NetlifyFullRecord,
  wanted: RecordFields,
): Promise<NetlifyFullRecord> {
  return excludeEachOther(old, wanted)
    ? await deleteThenCreate(api, zoneId, old, wanted)
    : await createThenDelete(api, zoneId, old, wanted)
}

/** A CNAME is alone at its name: https://www.rfc-editor.org/rfc/rfc1034#section-3.6.2 */
function excludeEachOther(old: NetlifyFullRecord, wanted: RecordFields): boolean {
  return old.hostname === wanted.hostname && [old.type, wanted.type].includes("CNAME")
}

async function createThenDelete(
  api: NetlifyApi,
  zoneId: string,
  old: NetlifyFullRecord,
  wanted: RecordFields,
): Promise<NetlifyFullRecord> {
  const created = await createOrFind(api, zoneId, wanted)
  try {
    await unlessGone(api.dns.deleteRecord(zoneId, old.id))
  } catch (error) {
    const isGone = await isRecordGone(api, zoneId, old.id)
    if (isGone) return created
    if (isGone === undefined)
      throw broken(error, `${textOf(old)} and ${textOf(wanted)} may both be there now`)
    await api.dns.deleteRecord(zoneId, created.id).catch(() => {
      throw broken(error, `${textOf(old)} and ${textOf(wanted)} are both there now`)
    })
    throw error
  }
  return created
}

async function deleteThenCreate(
  api: NetlifyApi,
  zoneId: string,
  old: NetlifyFullRecord,
  wanted: RecordFields,
): Promise<NetlifyFullRecord> {
  await unlessGone(api.dns.deleteRecord(zoneId, old.id))
  try {
    return await createOrFind(api, zoneId, wanted)
  } catch (error) {
    await createOrFind(api, zoneId, fieldsOf(old)).catch(() => {
      throw broken(error, `${textOf(old)} was deleted and could not be made again`)
    })
    throw error
  }
}

/** A request without a usable answer may have made the record all the same. */
async function createOrFind(
  api: NetlifyApi,
  zoneId: string,
  wanted: RecordFields,
): Promise<NetlifyFullRecord> {
  try {
    return await api.dns.createRecord(zoneId, wanted)
  } catch (error) {
    if (!(error instanceof DockError) || !UNCERTAIN.has(error.code)) throw error
    const found = await findRecord(api, zoneId, wanted)
    if (!found) throw error
    return await api.dns.getRecord(zoneId, found.id)
  }
}

const UNCERTAIN: ReadonlySet<string> = new Set(["timeout", "network", "provider_error", "invalid_response"])

/** Undefined where that cannot be told. */
async function isRecordGone(api: NetlifyApi, zoneId: string, id: string): Promise<boolean | undefined> {
  try {
    return (await unlessGone(api.dns.getRecord(zoneId, id))) === undefined
  } catch {
    return undefined
  }
}

function broken(error: unknown, what: string): DockError {
  const { message, ...details } =
    error instanceof DockError
      ? error.toJSON()
      : { code: "provider_error" as const, provider: "netlify", message: "netlify: it failed" }
  return new DockError({ ...details, message: `${message}; ${what}`, suggestion: "Put it right in Netlify." })
}

function textOf({ hostname, type, value, ttl, priority }: RecordFields | NetlifyFullRecord): string {
  return [hostname, ttl, type, priority, value].filter((part) => part != null).join(" ")
}
