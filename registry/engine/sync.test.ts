import { memoryStore } from "../stores/memory/index.ts"
import { syncSuite } from "./sync.suite.ts"

syncSuite("memory", async () => memoryStore())
