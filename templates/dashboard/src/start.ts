import { createApp } from "./server.ts"
import { closeOnSignal, serve } from "./stackdock/server/node/serve.ts"
import { staticPages } from "./stackdock/server/node/static.ts"
import stackdock from "./stackdock/stackdock.ts"

const port = Number(process.env["PORT"] ?? 4242)
const host = process.env["HOST"] ?? "127.0.0.1"
const origin = process.env["APP_URL"] ?? `http://localhost:${port}`

const app = createApp({ stackdock, origin, folder: ".stackdock", pages: staticPages("dist/app") })
closeOnSignal(await serve(app, { port, host }))
console.log(`Infrastructure is at ${origin}`)
