/// <reference types="node" />

import { link, mkdir, open, rename, rm } from "node:fs/promises"
import { dirname } from "node:path"
import { type Vault, VaultError } from "../../engine/ports.ts"
import { formatKeyset, generateKey, type Keyset, parseKeyset } from "../keyset.ts"
import { createVault } from "../vault.ts"
import { withLock } from "./file-lock.ts"

/** For a project on one machine: the keyset is in a file that only its owner can read, made on first use. */
export function keyFileVault(path: string): Vault {
  return createVault({
    howToRestore: `Put ${path} back from your backup. Without it, disconnect each dock and connect it again.`,
    load: () => load(path),
    create: () => create(path),
    update: (change) => update(path, change),
  })
}

async function load(path: string): Promise<Keyset | undefined> {
  const file = await openExisting(path)
  if (!file) return undefined
  try {
    const { mode } = await file.stat()
    // Windows keeps access lists instead of modes; there, the folder's list protects the file.
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      throw new VaultError(
        "unsafe_key_file",
        `${path} can be read or written by other users of this machine.`,
        `Type: chmod 600 ${path}`,
      )
    }
    return await parseKeyset(await file.readFile("utf8"), path)
  } finally {
    await file.close()
  }
}

async function create(path: string): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = `${path}.${crypto.randomUUID()}`
  try {
    await writeDurably(draft, formatKeyset({ primary: await generateKey(), older: [] }))
    // A link appears whole or not at all, and never replaces: of two processes, both end with the same key.
    await link(draft, path)
    await flushFolder(folder)
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/**
 * Whoever reads meanwhile sees the old keyset or the new one. The draft's name is always the same, so that the one of a killed
 * process, with its keys, does not stay behind.
 */
async function update(path: string, change: (keyset: Keyset | undefined) => Promise<Keyset>): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await withLock(path, async (confirm) => {
    const changed = await change(await load(path))
    const draft = `${path}.next`
    try {
      await rm(draft, { force: true })
      await writeDurably(draft, formatKeyset(changed))
      await confirm()
      await rename(draft, path)
      await flushFolder(folder)
    } finally {
      await rm(draft, { force: true })
    }
  })
}

async function openExisting(path: string) {
  try {
    return await open(path, "r")
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined
    const why = error instanceof Error && "code" in error ? ` (${error.code})` : ""
    throw new VaultError(
      "unreadable_key_file",
      `${path} cannot be read${why}.`,
      "Work as the user who owns it, or make yourself its owner.",
    )
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Without it, a power cut could keep the database and lose the key's name in its folder. Windows cannot open folders. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === "win32") return
  const folder = await open(path, "r")
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code
}
