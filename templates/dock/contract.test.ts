import { conformance } from "../../contract/conformance.ts"
import { loadRecordings, loadRows } from "../../contract/node/load.ts"
import { acme } from "./index.ts"

conformance(acme, {
  credentials: CREDENTIALS,
  recordings: loadRecordings(),
  rows: loadRows(),
})
