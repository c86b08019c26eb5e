import { conformance } from "../../contract/conformance.ts"
import { loadRecordings, loadRows } from "../../contract/node/load.ts"
import { gridpane } from "./index.ts"

conformance(gridpane, {
  credentials: { apiKey: "fake-secret-token" },
  recordings: loadRecordings(),
  rows: loadRows(),
  mayBeMissing: ["prune-schedule/site-4130.json"],
})
