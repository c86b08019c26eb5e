import { memoryStore } from "../stores/memory/index.ts"
import { temporaryFiles } from "../stores/sql/temporary.fixture.ts"
import { syncSuite } from "./sync.suite.ts"

const { newStore } = temporaryFiles()

syncSuite("memory", async () => memoryStore())
syncSuite("an embedded file", newStore)
