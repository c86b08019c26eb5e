import { z } from "zod"
import { envelope } from "../../core/envelope.ts"
import type { Answer } from "../../core/http.ts"
import type { FetchedPage } from "../../core/paging.ts"

/**
 * The answer of `/backups/original/{site}` is documented nowhere. What is known are the words in which a backup is
 * named for a restore: `backup` ("2021-11-24 08:59 mytag"), `backup_source` and `backup_type`. So every answer is
 * understood that gives those three, as fields of an entry or as the keys it is filed under:
 *
 *     { "data": [{ "backup": "…", "backup_source": "local", "backup_type": "manual" }] }
 *     { "backups": { "local": { "manual": ["…"], "automatic": ["…"] }, "wasabi": { … } } }
 *
 * Anything else is an error. Entries that lack one of the three are passed on, to be skipped and reported.
 */
export function readBackups(answer: Answer): FetchedPage<unknown> {
  return { items: envelope(BackupList, answer), answer }
}

const BackupList = z.looseObject({}).transform((body, context) => {
  const entries: unknown[] = []
  if (collect(body, {}, entries)) return entries
  context.issues.push({ code: "custom", message: "not a list of backups", input: body })
  return z.NEVER
})

interface Filed {
  readonly backup_source?: string
  readonly backup_type?: string
}

const WRAPPERS = new Set(["data", "backups", "available_backups", "original"])
const SIDE_NOTES = new Set(["success", "message", "site_id", "url"])
const TYPES = new Set(["manual", "automatic"])
/** Only these count as keys: under another name might stand anything, an empty list of errors for one. */
const SOURCES = new Set(["local", "aws-s3", "backblaze", "dropbox", "wasabi"])

function collect(value: object, filed: Filed, entries: unknown[]): boolean {
  if (Array.isArray(value)) {
    entries.push(...value.map((entry) => entryOf(entry, filed)))
    return true
  }
  const keyed = Object.entries(value).filter(([key]) => !SIDE_NOTES.has(key))
  // PHP sends a list with gaps as an object with numbers for keys.
  if (keyed.length > 0 && keyed.every(([key]) => /^\d+$/.test(key))) {
    entries.push(...keyed.map(([, entry]) => entryOf(entry, filed)))
    return true
  }
  return (
    keyed.length > 0 && keyed.every(([key, held]) => isContainer(held) && file(key, held, filed, entries))
  )
}

function file(key: string, held: object, filed: Filed, entries: unknown[]): boolean {
  if (WRAPPERS.has(key)) return collect(held, filed, entries)
  if (TYPES.has(key)) return collect(held, { ...filed, backup_type: key }, entries)
  return SOURCES.has(key) && collect(held, { ...filed, backup_source: key }, entries)
}

function entryOf(entry: unknown, filed: Filed): unknown {
  if (typeof entry === "string") return { ...filed, backup: entry }
  return isContainer(entry) && !Array.isArray(entry) ? { ...filed, ...entry } : entry
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null
}
