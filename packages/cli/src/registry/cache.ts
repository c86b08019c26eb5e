import { createHash, randomBytes } from "node:crypto"
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import * as z from "zod"
import { sha256 } from "./hash.ts"

/** An answer of a registry, with what asks the server whether it is still the same. */
export interface Cached {
  readonly body: Buffer
  readonly etag: string | undefined
  readonly lastModified: string | undefined
}

const head = z.object({
  sha256: z.string(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
})

/** By the address as it is shown: a token in it would be in the name of a file. */
export function cacheKey(shown: string): string {
  return createHash("sha256").update(shown).digest("hex")
}

/** Undefined when there is none, or when it is not whole. */
export function readCache(key: string): Cached | undefined {
  try {
    const bytes = readFileSync(join(cacheFolder(), key))
    const end = bytes.indexOf("\n")
    const {
      sha256: hash,
      etag,
      lastModified,
    } = head.parse(JSON.parse(bytes.subarray(0, end).toString("utf8")))
    const body = bytes.subarray(end + 1)
    return sha256(body) === hash ? { body, etag, lastModified } : undefined
  } catch {
    return undefined
  }
}

/**
 * Readable by its owner only, since a registry may be private. Written beside and renamed, so that commands which run
 * at the same time see one whole answer or the other. A cache that cannot be written is no reason to fail.
 */
export function writeCache(key: string, { body, etag, lastModified }: Cached): void {
  const folder = cacheFolder()
  const temporary = join(folder, `${key}.${process.pid}.${randomBytes(4).toString("hex")}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const line = `${JSON.stringify({ sha256: sha256(body), etag, lastModified })}\n`
    writeFileSync(temporary, Buffer.concat([Buffer.from(line), body]), { mode: 0o600 })
    renameSync(temporary, join(folder, key))
  } catch {
    rmSync(temporary, { force: true })
  }
}

function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  const home = process.platform === "win32" && LOCALAPPDATA ? LOCALAPPDATA : join(homedir(), ".cache")
  return join(XDG_CACHE_HOME || home, "stackdock", "registry")
}
