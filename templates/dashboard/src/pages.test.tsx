import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { createFetchPort } from "./stackdock/bindings/fetch/index.ts"
import { openDocument } from "./testing/document.ts"
import { ORIGIN, openApp } from "./testing/open-app.ts"
import { TOKEN } from "./testing/recorded-dock.ts"

const app = openApp()
const browser = app.browser()
const port = createFetchPort({ fetch: browser.fetch })
const window = openDocument(`${ORIGIN}/`)
const shown = () => window.document.body.textContent ?? ""
let close = () => {}

beforeAll(async () => {
  // React looks for a document as soon as it is loaded.
  const [{ createRoot }, { Dashboard }] = await Promise.all([
    import("react-dom/client"),
    import("./stackdock/ui/app/dashboard.tsx"),
  ])
  const root = createRoot(document.body.appendChild(document.createElement("div")))
  root.render(<Dashboard port={port} signIn={<p>Sign in</p>} />)
  close = () => root.unmount()
})
afterAll(async () => {
  close()
  port.close()
  await app.close()
})

describe("the dashboard", () => {
  test("asks to sign in", async () => {
    await expect.poll(shown).toContain("Sign in")
    expect(shown()).not.toContain("Harbour")
  })

  test("shows what was connected, to whoever is signed in", async () => {
    await browser.signUp("mira@harbour.example")
    await port.act.connect({ provider: "harbour", credentials: { token: TOKEN } })
    await port.act.sync({})
    await go("/docks")
    await expect.poll(shown).toContain("Harbour Agency")
    await go("/")
    await expect.poll(shown).toContain("Overview")
  })

  test("has every page that its sidebar names", async () => {
    const links = [...window.document.querySelectorAll("nav a")].map((link) => link.getAttribute("href"))
    expect(links.length).toBeGreaterThan(8)
    for (const link of new Set(links)) {
      await go(link ?? "")
      await expect
        .poll(() => window.document.querySelector("h1")?.textContent, { message: link ?? "" })
        .toBeTruthy()
      expect(shown(), link ?? "").not.toContain("There is no such page")
    }
  })
})

/** As if the address had been typed, without loading the page anew. */
async function go(path: string): Promise<void> {
  window.history.pushState({}, "", path)
  window.dispatchEvent(new window.PopStateEvent("popstate"))
  await new Promise((resolve) => setTimeout(resolve))
}
