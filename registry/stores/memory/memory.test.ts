import { storeSuite } from "../store.suite.ts"
import { memoryStore } from "./index.ts"

storeSuite("memory", async () => memoryStore())
