import { lstatSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync, gzipSync } from "node:zlib"
import * as z from "zod"
import { CliError } from "../framework/error.ts"
import { itemName } from "../registry/schema.ts"
import type { Change } from "../transaction/change.ts"
import { checkParents } from "../transaction/confine.ts"

/** Committed, so that an update needs neither the old registry nor a network. */
export const BASE_FOLDER = ".stackdock/base"

/** The published text of each file of an item as it was copied here, by target. */
export type BaseTexts = ReadonlyMap<string, string>

/** No item of a registry is larger; anything beyond was not written by us. */
const MAX_BYTES = 64 * 1024 * 1024

const stored = z.record(z.string(), z.string())

/** Undefined when none is kept: the item came before bases were, or somebody removed it. */
export function readBase(dir: string, item: string): BaseTexts | undefined {
  const bytes = readBytes(dir, item)
  return bytes === undefined ? undefined : unpack(bytes, basePath(item))
}

/** Keeps these texts for an item, or with undefined none any more. */
export function baseChange(dir: string, item: string, texts: BaseTexts | undefined): Change {
  const path = basePath(item)
  const before = readBytes(dir, item)
  if (texts === undefined || texts.size === 0) return { path, before, after: undefined }
  // Compressors differ from one machine to the next: what says the same is left as it is.
  const isSame = before !== undefined && packedText(unpack(before, path)) === packedText(texts)
  return { path, before, after: isSame ? before : pack(texts) }
}

export function basePath(item: string): string {
  return `${BASE_FOLDER}/${itemName.parse(item)}.json.gz`
}

function readBytes(dir: string, item: string): Uint8Array | undefined {
  const path = basePath(item)
  checkParents(dir, path)
  if (!lstatSync(join(dir, path), { throwIfNoEntry: false })?.isFile()) return undefined
  return readFileSync(join(dir, path))
}

function pack(texts: BaseTexts): Uint8Array {
  const bytes = gzipSync(packedText(texts), { level: 9 })
  // The header names the operating system (https://www.rfc-editor.org/rfc/rfc1952#page-8): 255 is "unknown".
  bytes[9] = 255
  return bytes
}

function packedText(texts: BaseTexts): string {
  return JSON.stringify(Object.fromEntries([...texts].sort(([a], [b]) => (a < b ? -1 : 1))))
}

function unpack(bytes: Uint8Array, path: string): BaseTexts {
  try {
    const text = gunzipSync(bytes, { maxOutputLength: MAX_BYTES }).toString("utf8")
    return new Map(Object.entries(stored.parse(JSON.parse(text))))
  } catch (error) {
    throw new CliError({
      code: "bad_base",
      message: `${path} cannot be read: it is not what stackdock wrote.`,
      hint: `Take it back from version control: git checkout -- ${path}`,
      cause: error,
    })
  }
}
