import { join } from "node:path"
import { loadRecordings } from "../../registry/contract/node/load.ts"
import { serveRecordings } from "../../registry/contract/node/serve.ts"
import { root } from "../run.mjs"

const token = "fake-secret-demo-token"
const { origin } = await serveRecordings({
  recordings: loadRecordings(join(root, "registry/docks/gridpane/recordings")),
  authorization: `Bearer ${token}`,
})
console.log(JSON.stringify({ baseUrl: `${origin}/oauth/api/v1`, token }))
