/// <reference types="node" />

import { randomBytes } from "node:crypto"
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"

/** The secret that signs cookies, in a file that only its owner can read, made when it is first asked for. */
export function secretFromFile(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${randomBytes(8).toString("hex")}`
  try {
    writeFileSync(draft, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx" })
    // A link appears whole or not at all, and never replaces: of two processes, both end with the same secret.
    linkSync(draft, path)
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
  } finally {
    rmSync(draft, { force: true })
  }
  // Windows keeps access lists instead of modes; there, the folder's list protects the file.
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) {
    throw new Error(`${path} can be read or written by other users of this machine. Type: chmod 600 ${path}`)
  }
  return readFileSync(path, "utf8").trim()
}
