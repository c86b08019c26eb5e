import { createApp } from "./server.ts"
import { closeOnSignal, serve } from "./stackdock/server/node/serve.ts"
import { staticPages } from "./stackdock/server/node/static.ts"
import stackdock from "./stackdock/stackdock.ts"

const port = Number(process.env["PORT"] ?? 4242)
const host = process.env["HOST"] ?? "127.0.0.1"
const originAt = (port: number) => process.env["APP_URL"] ?? `http://localhost:${port}`

const pages = staticPages("dist/app")
const listening = await serve(
  (port) => createApp({ stackdock, origin: originAt(port), folder: ".stackdock", pages }),
  { port, host },
)
closeOnSignal(listening)
console.log(`Infrastructure is at ${originAt(listening.port)}`)
