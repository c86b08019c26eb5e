import { once } from "node:events"
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { createRunningProject, type Run, type RunningProject } from "./project.ts"

let project: RunningProject
const running: { done: Promise<Run>; kill(signal: NodeJS.Signals): void }[] = []
// One for all of them: its first load takes the longest.
beforeAll(() => {
  project = createRunningProject()
})
afterAll(() => project.remove())
afterEach(async () => {
  for (const { kill, done } of running.splice(0)) {
    kill("SIGKILL")
    await done
  }
})

interface Opened {
  origin: string
  port: number
  token: string
  done: Promise<Run>
  kill(signal: NodeJS.Signals): void
  /** As a page of the studio asks. */
  ask(path: string, options?: { json?: unknown; headers?: Record<string, string> }): Promise<Response>
}

async function open(...args: string[]): Promise<Opened> {
  const { stdout, done, kill } = project.start(["studio", "--no-open", "--json", ...args])
  running.push({ done, kill })
  const printed = once(stdout, "data").then(([chunk]) => String(chunk))
  const ended = done.then(({ stderr }) => Promise.reject(new Error(`It ended: ${stderr}`)))
  const { url, port }: { url: string; port: number } = JSON.parse(await Promise.race([printed, ended]))
  const { origin, hash } = new URL(url)
  return {
    origin,
    port,
    token: hash.slice("#token=".length),
    done,
    kill,
    ask: (path, { json, headers } = {}) =>
      fetch(origin + path, {
        headers: {
          origin,
          ...(json === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(json === undefined ? {} : { method: "POST", body: JSON.stringify(json) }),
      }),
  }
}

async function enter({ ask, token }: Opened): Promise<{ cookie: string; key: string; flags: string }> {
  const response = await ask("/api/auth/open", { json: { token } })
  expect(response.status).toBe(200)
  const [cookie = "", ...flags] = (response.headers.get("set-cookie") ?? "").split("; ")
  const { key } = (await response.json()) as { key: string }
  return { cookie, key, flags: flags.join("; ") }
}

describe("the studio", () => {
  it("lets in whoever brings the link, once, with a cookie and a key that only work together", async () => {
    const studio = await open()
    const { cookie, key, flags } = await enter(studio)
    expect(flags).toBe("Path=/; HttpOnly; SameSite=Strict")
    expect(cookie).toMatch(new RegExp(`^stackdock-${studio.port}=`))

    const session = await studio.ask("/api/session", { headers: { cookie, "x-stackdock-key": key } })
    expect(await session.json()).toMatchObject({ userId: null, grants: { docks: "full" } })
    for (const headers of [
      {},
      { cookie },
      { "x-stackdock-key": key },
      { cookie, "x-stackdock-key": `${key}x` },
    ]) {
      const refused = await studio.ask("/api/session", { headers })
      expect(refused.status).toBe(401)
      expect(await refused.json()).toMatchObject({ suggestion: expect.stringContaining("terminal") })
    }
    const again = await studio.ask("/api/auth/open", { json: { token: studio.token } })
    expect(again.status).toBe(401)
    expect(again.headers.get("set-cookie")).toBeNull()
  })

  it("answers no page but its own, and under no name but its own", async () => {
    const studio = await open()
    const { cookie, key } = await enter(studio)
    const both = { cookie, "x-stackdock-key": key }
    const fromElsewhere = [
      { origin: "http://127.0.0.1:1" },
      { origin: "https://evil.example" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "cross-site" },
    ]
    for (const headers of fromElsewhere) {
      const response = await studio.ask("/api/sync", { json: {}, headers: { ...both, ...headers } })
      expect(response.status).toBe(403)
      expect((await studio.ask("/api/auth/open", { json: {}, headers })).status).toBe(403)
    }
    const { request } = await import("node:http")
    const rebound = request(`${studio.origin}/`, { headers: { host: `evil.example:${studio.port}` } })
    rebound.end()
    const [response] = await once(rebound, "response")
    expect(response.statusCode).toBe(421)
    response.destroy()
  })

  it("listens to this machine alone", async () => {
    const studio = await open()
    const { networkInterfaces } = await import("node:os")
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === "IPv4" && !internal)
    for (const { address } of others) {
      await expect(fetch(`http://${address}:${studio.port}/`)).rejects.toThrow()
    }
  })

  it("shows its pages, whose scripts are its own, and keeps names of files to its folder", async () => {
    const studio = await open()
    const page = await studio.ask("/infrastructure/servers")
    expect(page.headers.get("content-security-policy")).toContain("script-src 'self'")
    const html = await page.text()
    expect(html).not.toMatch(/<script(?![^>]* src=)/)
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? ""
    const asset = await studio.ask(script)
    expect(asset.headers.get("cache-control")).toContain("immutable")
    for (const path of [
      "/../../package.json",
      "/..%2f..%2fpackage.json",
      "/assets/nothing.js",
      "/.%2e/bin.js",
    ]) {
      expect((await studio.ask(path)).status).toBe(404)
    }
  })

  it("leaves nothing in a file that opens it", async () => {
    const studio = await open()
    const { cookie, key } = await enter(studio)
    const folder = join(project.dir, ".stackdock")
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name))
    for (const file of files.filter((path) => statSync(path).isFile())) {
      const text = readFileSync(file, "latin1")
      for (const secret of [studio.token, cookie.split("=")[1] ?? "", key]) expect(text).not.toContain(secret)
    }
  })

  it("runs once for a project, says where, and is gone without a trace after Ctrl+C", async () => {
    const studio = await open()
    const second = await project.run(["studio", "--json"])
    expect(second.code).toBe(1)
    expect(JSON.parse(second.stdout).error).toMatchObject({ code: "already_running", port: studio.port })
    studio.kill("SIGINT")
    const ended = await studio.done
    expect(ended.code).toBe(0)
    expect(existsSync(join(project.dir, ".stackdock/studio.json"))).toBe(false)
    await expect(studio.ask("/")).rejects.toThrow()
    const third = await open("--port", String(studio.port))
    expect(third.port).toBe(studio.port)
  })

  it("begins where a killed one has left its mark", async () => {
    const killed = await open()
    killed.kill("SIGKILL")
    await killed.done
    expect(existsSync(join(project.dir, ".stackdock/studio.json"))).toBe(true)
    expect((await open()).port).toBeGreaterThan(0)
  })

  it("ends a stream that is open, and does not wait for whoever listens", async () => {
    const studio = await open()
    const { cookie, key } = await enter(studio)
    const events = await studio.ask("/api/events", { headers: { cookie, "x-stackdock-key": key } })
    expect(events.headers.get("content-type")).toContain("text/event-stream")
    studio.kill("SIGTERM")
    expect(await events.text()).toContain("event: hello")
    expect((await studio.done).code).toBe(0)
  })

  it("says what is wrong with a port", async () => {
    expect((await project.run(["studio", "--port", "web"])).code).toBe(2)
    const taken = createServer().listen(0, "127.0.0.1")
    await once(taken, "listening")
    const { port } = taken.address() as AddressInfo
    const refused = await project.run(["studio", "--no-open", "--json", "--port", String(port)])
    taken.close()
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout).error).toMatchObject({ code: "port_taken" })
  })

  it("says that an older copy of the engine has to be updated", async () => {
    project.write(
      "src/stackdock/stackdock.ts",
      `import { createStackdock } from "./engine/stackdock.ts"
import { docks } from "./docks/index.ts"
import { keyFileVault } from "./security/node/key-file.ts"
import { embeddedStore } from "./stores/sql/node/embedded.ts"

const { resourcePage: _, ...older } = createStackdock({
  docks,
  store: embeddedStore(".stackdock/stackdock.db"),
  vault: keyFileVault(".stackdock/key"),
})
export default older
`,
    )
    const refused = await project.run(["studio", "--no-open", "--json"])
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout).error).toMatchObject({
      code: "older_engine",
      hint: "npx stackdock update engine",
    })
  })

  it("says where the pages are for a project whose rows are in Convex", async () => {
    const convex = createRunningProject()
    convex.write("src/stackdock/convex/setup.ts", "export {}")
    convex.write("src/stackdock/stackdock.ts", "export default {}")
    const refused = await convex.run(["studio", "--no-open", "--json"])
    convex.remove()
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout).error).toMatchObject({
      code: "runs_in_convex",
      hint: expect.stringContaining("add dashboard"),
    })
  })
})
