import { randomBytes } from "node:crypto"
import { renameSync, rmdirSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"

/** Beside `transaction`. Whose it was is in its name, so that another can clear it away once that process is gone. */
export function temporaryFolder(transaction: string): string {
  return join(dirname(transaction), `tmp-${process.pid}-${randomBytes(4).toString("hex")}`)
}

/** Renamed away first: a folder that is half deleted must not look like a transaction. */
export function discard(transaction: string): void {
  const rubbish = temporaryFolder(transaction)
  renameSync(transaction, rubbish)
  clearAway(rubbish)
  removeIfEmpty(dirname(transaction))
}

/** What cannot be cleared away now does no harm: the next command tries again. */
export function clearAway(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {}
}

/** Takes an empty folder away and tells whether it did. */
export function removeIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder)
    return true
  } catch {
    return false
  }
}
