import { copyFileSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import type { Store } from "../../engine/ports.ts"
import { embeddedStore } from "./node/embedded.ts"

/** Files and stores that are gone after the tests. */
export function temporaryFiles() {
  const folder = mkdtempSync(join(tmpdir(), "stackdock-"))
  afterAll(() => rmSync(folder, { recursive: true }))
  let files = 0
  let empty: Promise<string> | undefined

  const newFile = () => {
    files += 1
    return join(folder, `${files}.db`)
  }
  const migrated = async () => {
    const path = newFile()
    const store = embeddedStore(path)
    await store.migrate()
    await store.close()
    return path
  }
  return {
    folder,
    newFile,
    /** A copy of a file that was migrated once: many times faster than migrating each. */
    async newStore(): Promise<Store> {
      empty ??= migrated()
      const path = newFile()
      copyFileSync(await empty, path)
      return embeddedStore(path)
    },
  }
}
