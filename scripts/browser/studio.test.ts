import type { Browser, BrowserContext, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type PlayedProvider, playProvider, token } from "../played/provider.ts"
import { chromiumPath, openBrowser, withoutBrowser } from "./chromium.ts"
import { createProject, type Project, type Studio, signedIn } from "./stage.ts"

const title = chromiumPath ? "the studio" : `the studio (skipped: ${withoutBrowser})`

describe.skipIf(!chromiumPath)(title, { timeout: 120_000 }, () => {
  let browser: Browser
  let project: Project
  let studio: Studio
  let session: BrowserContext
  let gridpane: PlayedProvider
  let vercel: PlayedProvider
  let netlify: PlayedProvider

  beforeAll(async () => {
    ;[browser, gridpane, vercel, netlify] = await Promise.all([
      openBrowser(),
      playProvider("gridpane"),
      playProvider("vercel", { cycles: ["domain", "dnsRecords.update"] }),
      playProvider("netlify"),
    ])
    project = createProject()
    await project.connect("vercel", vercel.baseUrl)
    await project.run(["sync"])
    studio = await project.studio()
    session = await signedIn(browser, studio)
  })

  afterAll(async () => {
    await browser?.close()
    await studio?.stop()
    await Promise.all([gridpane, vercel, netlify].map((played) => played?.close()))
    project?.remove()
  })

  /** A page of the signed-in browser, closed again however it ends. */
  async function visit<Result>(path: string, work: (page: Page) => Promise<Result>, within = session) {
    const page = await within.newPage()
    const problems: string[] = []
    page.on("pageerror", ({ message }) => problems.push(message))
    try {
      await page.goto(new URL(path, studio.url).href)
      const result = await work(page)
      expect(problems).toEqual([])
      return result
    } finally {
      await page.close()
    }
  }

  it("lets in whoever opens the link, once: the same link in another browser opens nothing", async () => {
    const stranger = await browser.newContext()
    const page = await stranger.newPage()
    const answers: number[] = []
    page.on("response", (response) => {
      if (response.url().includes("/api/")) answers.push(response.status())
    })
    await page.goto(studio.url)
    await page.getByText("press o there").waitFor()
    expect(new Set(answers)).toEqual(new Set([401]))
    expect(page.url()).not.toContain("token")
    await stranger.close()
  })

  it("connects an account through the form, says what the provider said, and syncs it in sight", async () => {
    gridpane.delayMs = 40
    await visit("/docks/connect", async (page) => {
      await page.getByRole("link", { name: /GridPane/ }).click()
      await page.getByRole("textbox", { name: /API token/ }).fill("a-wrong-one")
      await optional(page)
      await page.getByLabel(/Base URL/).fill(gridpane.baseUrl)
      await page.getByRole("button", { name: "Check and connect" }).click()
      await page.getByText(/401/).first().waitFor()

      await page.getByRole("textbox", { name: /API token/ }).fill(token)
      await page.getByRole("button", { name: "Check and connect" }).click()
      await page.getByText("GridPane accepted the credential.", { exact: false }).waitFor()
      // While it goes on, tables that are not done yet are on the page already.
      await page.getByText("40 rows are here.").waitFor({ timeout: 30_000 })
      await page.getByRole("link", { name: "Servers", exact: true }).last().click()
      await page.getByRole("row", { name: /harbour-fra/ }).waitFor()
      expect(page.url()).toContain("provider=gridpane")
      expect(await page.content()).not.toContain(token)
    })
    gridpane.delayMs = 0
  })

  it("finds rows by a word, keeps what was looked for in the address, and comes back to it", async () => {
    await visit("/infrastructure/dnsRecords", async (page) => {
      await page.getByRole("row", { name: /shop\.example\.com/ }).waitFor()
      await page.getByRole("searchbox").fill("caa")
      await page.getByRole("row", { name: /CAA/ }).waitFor()
      await page.getByRole("row", { name: /shop\.example\.com/ }).waitFor({ state: "detached" })
      await expect.poll(() => page.url()).toContain("q=caa")
      await page.reload()
      await page.getByRole("row", { name: /CAA/ }).waitFor()
      expect(await page.getByRole("searchbox").inputValue()).toBe("caa")
      await page.getByRole("searchbox").fill("nothing-of-the-kind")
      await page.getByRole("button", { name: /clear/i }).first().waitFor()
    })
  })

  it("opens a row with what belongs to it, by keyboard alone", async () => {
    await visit("/infrastructure/domains?q=example.com", async (page) => {
      await page
        .getByRole("row", { name: /example\.com/ })
        .first()
        .waitFor()
      await page.getByRole("grid").focus()
      await page.keyboard.press("Enter")
      await page.waitForURL(/\/resource\//)
      await heading(page, /example\.com/).waitFor()
      await page
        .getByText(/DNS records/)
        .first()
        .waitFor()
    })
  })

  it("changes a DNS record beside its domain, shows it at once, and then what the provider tells of it", async () => {
    const domain = await idOf("domains", "example.com", "vercel")
    await visit(`/resource/${domain}`, async (page) => {
      await page
        .getByRole("button", { name: /DNS records/ })
        .first()
        .click()
      const sheet = page.getByRole("dialog")
      await sheet.getByText("cname.vercel-dns.com").first().waitFor()
      await sheet.getByRole("button", { name: "Actions of shop.example.com" }).click()
      await page.getByRole("menuitem", { name: /Change it/ }).click()
      const form = page.getByRole("dialog", { name: /Change it/ })
      // It begins from the record as it is.
      expect(await form.getByLabel(/^Name/).inputValue()).toBe("shop")
      await form.getByLabel(/^Value/).fill("edge.example.net")
      await optional(page)
      await form.getByLabel(/^TTL/).fill("600")
      await form.getByRole("button", { name: "Show the request" }).click()
      await form.getByText("PATCH").first().waitFor()
      await form.getByRole("button", { name: /^(Change|Do it|Save)/ }).click()
      await form.waitFor({ state: "detached" })
      await sheet.getByText("edge.example.net").waitFor()
      // This provider does not answer with what it made of a change. Its recorded listing still has the old record, and
      // what a sync was told counts.
      await sheet.getByRole("button", { name: "Sync now" }).click()
      await sheet.getByText("shown as asked for").waitFor({ state: "detached" })
      await sheet.getByText("edge.example.net").waitFor({ state: "detached" })
    })
    const log: unknown = JSON.parse(await project.run(["audit", "--json"]))
    expect(log).toContainEqual(
      expect.objectContaining({ action: "act", targetTable: "dnsRecords", result: "succeeded" }),
    )
  })

  it("makes something, watches it to its end, and takes it back", async () => {
    await visit("/provision", async (page) => {
      await page.getByRole("link", { name: /^Domain of the account/ }).click()
      await page.getByRole("textbox", { name: /^Domain/ }).fill("garden.example")
      await optional(page)
      await page.getByLabel(/^Team/).fill("studio-north")
      await page.getByRole("button", { name: "Show the requests" }).click()
      await page.getByText("POST").first().waitFor()
      await page.getByRole("button", { name: /^Make it at Vercel/ }).click()
      await page.waitForURL(/\/provisioning\//)
      await page.getByText("Made", { exact: true }).first().waitFor()
      await page.getByRole("button", { name: /^Remove/ }).click()
      const confirm = page.getByRole("dialog")
      await confirm.getByLabel(/Type garden\.example/).fill("garden.example")
      await confirm.getByRole("button", { name: /Remove/ }).click()
      await expect
        .poll(async () => await project.run(["provisionings", "--json"]), { timeout: 15_000 })
        .toMatch(/deprovisioned/)
    })
  })

  it("says what a failing provider answered, and keeps its rows", async () => {
    await project.connect("netlify", netlify.baseUrl)
    await project.run(["sync", "netlify"])
    netlify.failsWith = 403
    await visit("/docks", async (page) => {
      const card = page.locator("header").filter({ has: page.getByRole("heading", { name: "netlify" }) })
      await card.getByRole("button", { name: "Sync now" }).click()
      await page
        .getByText(/403|failed/i)
        .first()
        .waitFor()
    })
    netlify.failsWith = undefined
    expect(JSON.parse(await project.run(["resources", "webServices", "--json"]))).toContainEqual(
      expect.objectContaining({ provider: "netlify", deletedAt: null }),
    )
  })

  it("shows two browsers the same sync as it happens, and a third that comes in the middle of it", async () => {
    const other = await browser.newContext({ storageState: await session.storageState() })
    await visit("/docks", async (one) => {
      await visit(
        "/docks",
        async (two) => {
          let letGo = () => {}
          vercel.hold = new Promise((resolve) => {
            letGo = resolve
          })
          // This account alone: another's provider counts its requests by the minute, and may have to be waited for.
          const card = one.locator("header").filter({ has: one.getByRole("heading", { name: "vercel" }) })
          await card.getByRole("button", { name: "Sync now" }).click()
          for (const page of [one, two])
            await page
              .getByText(/Syncing/)
              .first()
              .waitFor()
          await two.reload()
          await two
            .getByText(/Syncing/)
            .first()
            .waitFor()
          vercel.hold = undefined
          letGo()
          for (const page of [one, two]) {
            await expect.poll(() => page.getByText(/Syncing/).count(), { timeout: 30_000 }).toBe(0)
          }
        },
        other,
      )
    })
    await other.close()
  })

  it("does nothing for a page of another origin in the same browser", async () => {
    const { origin } = new URL(studio.url)
    const { createServer } = await import("node:http")
    const evil = createServer((_, response) => response.end("<!doctype html><title>evil</title>"))
    await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve))
    const address = evil.address()
    const page = await session.newPage()
    await page.goto(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/`)
    const tried = await page.evaluate(async (target) => {
      const attempt = async (path: string, init?: RequestInit) => {
        try {
          const response = await fetch(target + path, { credentials: "include", ...init })
          return `${response.type} ${response.status}`
        } catch {
          return "refused"
        }
      }
      return [
        await attempt("/api/session"),
        await attempt("/api/sync", { method: "POST", body: "{}", mode: "no-cors" }),
        await attempt("/api/sync", {
          method: "POST",
          body: "{}",
          headers: { "content-type": "application/json" },
        }),
      ]
    }, origin)
    expect(tried[0]).toBe("refused")
    expect(tried[2]).toBe("refused")
    const log = await project.run(["audit", "--json"])
    await page.close()
    await new Promise((resolve) => evil.close(resolve))
    expect(log).not.toContain("evil")
  })

  async function idOf(table: string, name: string, provider: string): Promise<string> {
    const rows: { id: string; name: string; provider: string }[] = JSON.parse(
      await project.run(["resources", table, "--json"]),
    )
    const found = rows.find((row) => row.name === name && row.provider === provider)
    if (!found) throw new Error(`There is no ${name} of ${provider} in ${table}.`)
    return found.id
  }
})

function heading(page: Page, name: string | RegExp) {
  return page.getByRole("heading", { level: 1, name })
}

/** Fields that may be left out are folded away. */
async function optional(page: Page): Promise<void> {
  const more = page.getByRole("button", { name: /left out|optional/i }).first()
  if (await more.isVisible()) await more.click()
}
