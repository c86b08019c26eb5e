import { openServer } from "./server.ts"
import { closeOnSignal, serve } from "./stackdock/server/node/serve.ts"
import { staticPages } from "./stackdock/server/node/static.ts"

const port = Number(process.env["PORT"] ?? 4242)
const host = process.env["HOST"] ?? "127.0.0.1"
/** Where people open it. Requests for another address are refused: set it when there is a name, or a proxy, before it. */
const origin = process.env["APP_URL"] ?? `http://localhost:${port}`

const server = await openServer({ origins: [origin], pages: staticPages("dist/app") })
closeOnSignal(await serve(server, { port, host }))
console.log(`Infrastructure is at ${origin}`)
