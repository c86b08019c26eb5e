import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll } from "vitest"
import { memoryStore } from "../stores/memory/index.ts"
import { embeddedStore } from "../stores/sql/node/embedded.ts"
import { syncSuite } from "./sync.suite.ts"

const folder = mkdtempSync(join(tmpdir(), "stackdock-sync-"))
afterAll(() => rmSync(folder, { recursive: true }))
let files = 0

syncSuite("memory", async () => memoryStore())

syncSuite("an embedded file", async () => {
  files += 1
  const store = embeddedStore(join(folder, `${files}.db`))
  await store.migrate()
  return store
})
