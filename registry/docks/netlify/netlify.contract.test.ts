import { conformance } from "../../contract/conformance.ts"
import { loadRecordings, loadRows } from "../../contract/node/load.ts"
import { netlify } from "./index.ts"

conformance(netlify, {
  credentials: { token: "fake-secret-token" },
  recordings: loadRecordings(),
  rows: loadRows(),
  optional: ["build-hooks/storefront.json", "certificates/storefront.json", "certificates/notes.json"],
})
