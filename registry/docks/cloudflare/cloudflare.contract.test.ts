import { conformance } from "../../contract/conformance.ts"
import { loadRecordings, loadRows } from "../../contract/node/load.ts"
import { cloudflare } from "./index.ts"

const recordings = loadRecordings()

conformance(cloudflare, {
  credentials: { apiToken: "fake-secret-token" },
  recordings,
  rows: loadRows(),
})
