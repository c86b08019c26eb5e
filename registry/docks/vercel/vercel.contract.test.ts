import { conformance } from "../../contract/conformance.ts"
import { loadRecordings, loadRows } from "../../contract/node/load.ts"
import { vercel } from "./index.ts"

const recordings = loadRecordings()

conformance(vercel, {
  credentials: { token: "fake-secret-token" },
  recordings,
  rows: loadRows(),
  // Without them a project's variables go unnamed, and a domain's status untold.
  optional: recordings.map(({ file }) => file).filter((file) => /^(environment|domain-config)\//.test(file)),
})
