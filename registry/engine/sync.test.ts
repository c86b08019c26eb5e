import { copyFileSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll } from "vitest"
import { memoryStore } from "../stores/memory/index.ts"
import { embeddedStore } from "../stores/sql/node/embedded.ts"
import { syncSuite } from "./sync.suite.ts"

const folder = mkdtempSync(join(tmpdir(), "stackdock-sync-"))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0
const newFile = () => {
  files += 1
  return join(folder, `${files}.db`)
}

/** One migrated file, copied for every test. */
const empty = newFile()
beforeAll(async () => {
  const store = embeddedStore(empty)
  await store.migrate()
  await store.close()
})

syncSuite("memory", async () => memoryStore())

syncSuite("an embedded file", async () => {
  const path = newFile()
  copyFileSync(empty, path)
  return embeddedStore(path)
})
