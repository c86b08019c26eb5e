import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { staticPages } from "./static.ts"

let folder: string
let pages: ReturnType<typeof staticPages>
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stackdock-static-"))
  const app = join(folder, "app")
  mkdirSync(join(app, "assets"), { recursive: true })
  const files: Record<string, string> = {
    "index.html": "<!doctype html>",
    "assets/index-abcd1234.js": "plain",
    "assets/index-abcd1234.js.br": "brotli",
    "assets/index-abcd1234.js.gz": "gzip",
    "robots.txt": "User-agent: *",
    ".env": "fake-secret-of-the-app",
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(app, name), text)
  writeFileSync(join(folder, "secret.txt"), "fake-secret-outside")
  symlinkSync(join(folder, "secret.txt"), join(app, "link.txt"))
  pages = staticPages(app)
})
afterAll(() => rmSync(folder, { recursive: true }))

const ask = (path: string, headers: Record<string, string> = {}) =>
  pages(new Request(`http://dash.example${path}`, { headers }))

it("shows the app at every address that is no file's", async () => {
  for (const path of ["/", "/docks", "/infrastructure/servers?provider=acme", "/index.html"]) {
    const response = await ask(path)
    expect(await response?.text(), path).toBe("<!doctype html>")
    expect(response?.headers.get("content-type")).toBe("text/html; charset=utf-8")
    expect(response?.headers.get("cache-control")).toBe("no-cache")
  }
})

it("keeps for ever what is named by its content, and nothing else", async () => {
  const asset = await ask("/assets/index-abcd1234.js")
  expect(asset?.headers.get("cache-control")).toBe("public, max-age=31536000, immutable")
  expect(asset?.headers.get("content-type")).toBe("text/javascript; charset=utf-8")
  const robots = await ask("/robots.txt")
  expect(robots?.headers.get("cache-control")).toBe("no-cache")
  const etag = robots?.headers.get("etag") ?? ""
  expect((await ask("/robots.txt", { "if-none-match": etag }))?.status).toBe(304)
})

it("sends what was packed before to whoever takes it", async () => {
  const packed = await ask("/assets/index-abcd1234.js", { "accept-encoding": "gzip, deflate, br;q=1" })
  expect(packed?.headers.get("content-encoding")).toBe("br")
  expect(packed?.headers.get("vary")).toBe("accept-encoding")
  expect(await packed?.text()).toBe("brotli")
  const older = await ask("/assets/index-abcd1234.js", { "accept-encoding": "gzip" })
  expect(older?.headers.get("content-encoding")).toBe("gzip")
  expect((await ask("/assets/index-abcd1234.js"))?.headers.get("content-encoding")).toBeNull()
})

it.each([
  "/../secret.txt",
  "/..%2fsecret.txt",
  "/%2e%2e/secret.txt",
  "/assets/../../secret.txt",
  "/assets/..%5c..%5csecret.txt",
  "//etc/passwd.txt",
  "/link.txt",
  "/.env",
  "/%00.txt",
  "/%zz",
  "/assets/missing.js",
])("has nothing at %s", async (path) => {
  const response = await ask(path)
  expect(await response?.text()).toBeUndefined()
})
