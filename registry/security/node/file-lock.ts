/// <reference types="node" />

import { link, readFile, rename, rm, writeFile } from "node:fs/promises"
import { hostname } from "node:os"
import { setTimeout as sleep } from "node:timers/promises"
import { VaultError } from "../../engine/ports.ts"

/** What is done under the lock takes milliseconds. */
const WAIT_MS = 10_000
const POLL_MS = 20

/**
 * Lets one process at a time change a file. `confirm` throws when the lock has been taken away, and is asked just before
 * the change counts. The lock of a killed process is broken by the next.
 */
export async function withLock<Result>(
  path: string,
  work: (confirm: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const lock = `${path}.lock`
  const claim = JSON.stringify({ pid: process.pid, host: hostname(), token: crypto.randomUUID() })
  const isMine = async () => (await readIfThere(lock)) === claim
  await acquire(lock, claim)
  try {
    return await work(async () => {
      if (!(await isMine())) throw busy(lock)
    })
  } finally {
    if (await isMine()) await rm(lock, { force: true })
  }
}

async function acquire(lock: string, claim: string): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    if (await appears(lock, claim)) return
    const holder = await readIfThere(lock)
    if (holder !== undefined && isDead(holder)) await breakLock(lock, holder)
    else if (waitedMs >= WAIT_MS) throw busy(lock)
    else await sleep(POLL_MS)
  }
}

/** A link appears whole or not at all, and never replaces. */
async function appears(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${crypto.randomUUID()}`
  try {
    await writeFile(draft, text, { flag: "wx", mode: 0o600 })
    await link(draft, path)
    return true
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/** Moved aside first: if it is another one by now, whose holder lives, it is put back. */
async function breakLock(lock: string, dead: string): Promise<void> {
  const aside = `${lock}.${crypto.randomUUID()}`
  try {
    await rename(lock, aside)
    if ((await readIfThere(aside)) !== dead) await link(aside, lock)
  } catch (error) {
    if (!hasCode(error, "ENOENT") && !hasCode(error, "EEXIST")) throw error
  } finally {
    await rm(aside, { force: true })
  }
}

/** Only a process of this machine can be known to be dead. */
function isDead(holder: string): boolean {
  const { pid, host } = parse(holder)
  if (typeof pid !== "number" || host !== hostname()) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return hasCode(error, "ESRCH")
  }
}

function parse(holder: string): { pid?: unknown; host?: unknown } {
  try {
    const claim: unknown = JSON.parse(holder)
    return typeof claim === "object" && claim !== null ? claim : {}
  } catch {
    return {}
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8")
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined
    throw error
  }
}

function busy(lock: string): VaultError {
  return new VaultError(
    "keyset_busy",
    "Another process is changing the keys.",
    `Wait until it has finished. If there is none, remove ${lock}`,
  )
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code
}
