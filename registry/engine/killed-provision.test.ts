import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { createRequire } from "node:module"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest"
import { formatKeyset, generateKey } from "../security/keyset.ts"
import { embeddedStore } from "../stores/sql/node/embedded.ts"
import { collect } from "./fake-dock.fixture.ts"

const program = fileURLToPath(new URL("killed-provision.fixture.ts", import.meta.url))
const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href

/** When the process is killed, as the provider sees it: before it has done what it was asked, after that, or after it answered. */
type Moment = "before" | "during" | "after"

let keys: string
let folder: string
let things: { id: string; kind: string; name: string }[]
let kill: { request: string; moment: Moment } | undefined
let child: ChildProcess | undefined

const server = createServer((request, response) => void answer(request, response))
const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

beforeAll(async () => {
  keys = formatKeyset({ primary: await generateKey(), older: [] })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stackdock-provision-"))
  things = []
})
afterEach(() => rmSync(folder, { recursive: true }))

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = ""
  for await (const chunk of request) body += chunk
  const [, kind = "", id] = (request.url ?? "").split("/")
  const isTurn = async (moment: Moment) => {
    if (kill?.moment !== moment || kill.request !== `${request.method} ${kind}${id ? "/" : ""}`) return
    kill = undefined
    const gone = child && once(child, "exit")
    child?.kill("SIGKILL")
    await gone
  }
  await isTurn("before")
  // It goes on with what it was asked, whoever has gone.
  if (request.method === "POST") {
    things.push({ id: `${kind}-${things.length + 1}`, kind, name: JSON.parse(body).name })
  }
  await isTurn("during")
  const found = id ? things.find((thing) => thing.id === id) : undefined
  const all = { items: things.filter((thing) => thing.kind === kind) }
  response.writeHead(200, { "content-type": "application/json" })
  response.end(JSON.stringify(request.method === "POST" ? things.at(-1) : (found ?? all)))
  if (kill?.moment === "after") await isTurn("after")
}

/** What the process says before it ends; nothing when it is killed. */
async function run(ahead: number): Promise<string> {
  const args = ["--import", loader, program, join(folder, "stackdock.db"), url(), String(ahead)]
  const running = spawn(process.execPath, args, { env: { ...process.env, KEYS: keys } })
  child = running
  let said = ""
  running.stdout.on("data", (chunk) => {
    said += chunk
  })
  running.stderr.on("data", (chunk) => {
    said += chunk
  })
  await once(running, "close")
  return said
}

const moments: { request: string; moment: Moment }[] = [
  { request: "GET sites", moment: "before" },
  { request: "POST sites", moment: "before" },
  { request: "POST sites", moment: "during" },
  { request: "POST sites", moment: "after" },
  { request: "POST domains", moment: "before" },
  { request: "POST domains", moment: "during" },
  { request: "POST domains", moment: "after" },
  { request: "GET sites/", moment: "during" },
]

it.each(moments)(
  "killed $moment $request, it is finished by the next run: made once, and not lost",
  async (when) => {
    kill = when
    expect(await run(0)).toBe("")
    expect(kill).toBeUndefined()

    // A minute later: the lease has ended.
    const said = await run(60_000)
    expect(JSON.parse(said)).toMatchObject({
      state: "provisioned",
      error: null,
      steps: [
        { name: "sites", outcome: "made" },
        { name: "domains", outcome: "made" },
      ],
    })
    expect(things.map(({ kind }) => kind)).toEqual(["sites", "domains"])

    const store = embeddedStore(join(folder, "stackdock.db"))
    const rows = await collect(store.rows.list("webServices", { orgId: "default" }))
    expect(rows).toMatchObject([{ name: "one", provisioningSource: "api", provisioningState: "provisioned" }])
    expect(await store.provisionings.list("default")).toHaveLength(1)
    await store.close()
  },
)
