import { join } from "node:path"
import { loadRecordings } from "../../registry/contract/node/load.ts"
import { serveRecordings } from "../../registry/contract/node/serve.ts"
import { root } from "../run.mjs"

/** Plays GridPane until it is killed; tells where on its first line. */
const token = "fake-secret-token"
const provider = await serveRecordings({
  recordings: loadRecordings(join(root, "registry/docks/gridpane/recordings")),
  authorization: `Bearer ${token}`,
})
console.log(JSON.stringify({ baseUrl: `${provider.origin}/oauth/api/v1`, token }))
