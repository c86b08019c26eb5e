import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { build } from "vite"
import { afterAll, beforeAll, expect, test } from "vitest"
import { staticPages } from "./stackdock/server/node/static.ts"
import { openApp } from "./testing/open-app.ts"

const folder = mkdtempSync(join(tmpdir(), "infrastructure-build-"))
beforeAll(async () => {
  const built = { logLevel: "error", mode: "production" } as const
  await build({ ...built, build: { outDir: join(folder, "app") } })
  await build({ ...built, build: { ssr: "src/start.ts", outDir: join(folder, "server") } })
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

test("what is built is served, with every file that its pages need", async () => {
  const app = openApp({ pages: staticPages(join(folder, "app")) })
  const { fetch } = app.browser()
  const page = await fetch("/infrastructure/servers")
  expect(page.headers.get("content-security-policy")).toContain("script-src 'self'")
  const html = await page.text()
  const needed = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path = ""]) => path)
  expect(needed.filter((path) => path.endsWith(".js"))).not.toHaveLength(0)
  expect(needed.filter((path) => path.endsWith(".css"))).not.toHaveLength(0)
  for (const path of needed) expect((await fetch(path)).status, path).toBe(200)
  await app.close()
})
