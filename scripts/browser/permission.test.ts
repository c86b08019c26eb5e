import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { gridpane } from "../../registry/docks/gridpane/index.ts"
import { createStackdock, type Stackdock } from "../../registry/engine/stackdock.ts"
import { environmentVault } from "../../registry/security/env.ts"
import { formatKeyset, generateKey } from "../../registry/security/keyset.ts"
import { type Listening, serve } from "../../registry/server/node/serve.ts"
import { staticPages } from "../../registry/server/node/static.ts"
import { createServer } from "../../registry/server/server.ts"
import { memoryStore } from "../../registry/stores/memory/index.ts"
import { credentialsOf, type PlayedProvider, playProvider } from "../played/provider.ts"
import { root } from "../run.mjs"
import { chromiumPath, openBrowser, withoutBrowser } from "./chromium.ts"
import { settled } from "./stage.ts"

const title = chromiumPath
  ? "somebody whose role permits little"
  : `somebody whose role permits little (skipped: ${withoutBrowser})`

/** The same pages, with a sign-in that says that Carol is here. */
describe.skipIf(!chromiumPath)(title, { timeout: 120_000 }, () => {
  let browser: Browser
  let provider: PlayedProvider
  let stackdock: Stackdock
  let listening: Listening

  beforeAll(async () => {
    ;[browser, provider] = await Promise.all([openBrowser(), playProvider("gridpane")])
    const keys = formatKeyset({ primary: await generateKey(), older: [] })
    stackdock = createStackdock({ docks: [gridpane], store: memoryStore(), vault: environmentVault(keys) })
    const credentials = { ...credentialsOf("gridpane"), baseUrl: provider.baseUrl }
    await stackdock.connect({ provider: "gridpane", credentials })
    await stackdock.sync()
    const { orgId } = await stackdock.whoami()
    await stackdock.setMember({ userId: "olive", role: "owner" })
    await stackdock.setMember({ userId: "carol", role: "client" })
    const carol = { kind: "user", id: "carol", name: "Carol", email: "carol@example.com" } as const
    listening = await serve(
      (port) =>
        createServer({
          stackdock,
          origins: [`http://127.0.0.1:${port}`],
          signIn: { whoIs: async () => ({ session: "carol's", who: carol, orgId }) },
          pages: staticPages(join(root, "packages/cli/dist/studio")),
        }),
      { port: 0, host: "127.0.0.1" },
    )
  })

  afterAll(async () => {
    await browser?.close()
    await listening?.close()
    await provider?.close()
  })

  async function visit<Result>(path: string, work: (page: Page) => Promise<Result>) {
    const page = await browser.newPage()
    page.setDefaultTimeout(45_000)
    try {
      await page.goto(`http://127.0.0.1:${listening.port}${path}`)
      await settled(page)
      return await work(page)
    } finally {
      await page.close()
    }
  }

  it("sees the rows, with the provider's name, and nothing that could be done to them", async () => {
    await visit("/infrastructure/servers", async (page) => {
      const row = page.getByRole("row", { name: /harbour-fra/ })
      await row.waitFor()
      expect(await row.textContent()).toContain("GridPane")
      await row.click()
      await page.waitForURL(/\/resource\//)
      await settled(page)
      expect(await page.getByRole("button", { name: "Actions" }).count()).toBe(0)
      expect(await page.getByRole("button", { name: "Sync all" }).count()).toBe(0)
    })
  })

  it("is told what a page would need, instead of being shown it empty", async () => {
    for (const path of ["/docks", "/activity", "/provision", "/docks/connect"]) {
      await visit(path, async (page) => {
        await page
          .getByText(/permission|may not|not permitted|cannot see/i)
          .first()
          .waitFor()
      })
    }
  })

  it("is not led to what is not theirs, and cannot do it by hand either", async () => {
    await visit("/", async (page) => {
      expect(await page.getByRole("link", { name: "Docks", exact: true }).count()).toBe(0)
      const status = await page.evaluate(async () => {
        const response = await fetch("/api/sync", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: "{}",
        })
        return response.status
      })
      expect(status).toBe(403)
    })
    const denied = await stackdock.auditPage({ actor: "user:carol", result: "denied" })
    expect(denied.entries.map(({ action }) => action)).toContain("sync")
  })
})
