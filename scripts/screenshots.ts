import { mkdirSync } from "node:fs"
import { join } from "node:path"
import type { BrowserContext } from "playwright-core"
import { openBrowser } from "./browser/chromium.ts"
import { places } from "./browser/places.ts"
import { createProject, type Project, settled, signedIn } from "./browser/stage.ts"
import { type PlayedProvider, playProvider, providers } from "./played/provider.ts"
import { root } from "./run.mjs"

/** Takes a picture of every page into docs/images, light and dark: the real studio over four played providers. */
const folder = join(root, "docs/images")
const project = createProject()
const browser = await openBrowser()
const played: PlayedProvider[] = []
try {
  await somethingToSee(project)
  const studio = await project.studio()
  const storageState = await (await signedIn(browser, studio)).storageState()
  mkdirSync(folder, { recursive: true })
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({
      storageState,
      colorScheme,
      reducedMotion: "reduce",
      locale: "en-GB",
      viewport: { width: 1280, height: 800 },
    })
    await pictures(context, new URL(studio.url).origin, colorScheme === "dark" ? "-dark" : "")
    await context.close()
  }
  await studio.stop()
} finally {
  await browser.close()
  await Promise.all(played.map((provider) => provider.close()))
  project.remove()
}

/** Four accounts: one whose last sync failed, with something made and something asked for in vain. */
async function somethingToSee(project: Project): Promise<void> {
  for (const name of providers) {
    const provider = await playProvider(name, name === "vercel" ? { cycles: ["domain"] } : {})
    played.push(provider)
    await project.connect(name, provider.baseUrl)
  }
  await project.run(["sync"])
  const domain = ["--set", "name=garden.example", "--set", "team=studio-north"]
  await project.run(["provision", "vercel", "domain", ...domain])
  const netlify = played[providers.indexOf("netlify")]
  if (netlify) netlify.failsWith = 503
  await project.run(["sync"]).catch(() => {})
}

async function pictures(context: BrowserContext, origin: string, ending: string): Promise<void> {
  const domain = await domainWithRecords()
  for (const { name, path, title } of places) {
    const page = await context.newPage()
    await page.goto(origin + path.replace("{domain}", domain))
    await page.getByRole("heading", { level: 1, name: title }).waitFor()
    await settled(page)
    // Charts are drawn after their code has come.
    await page.waitForTimeout(800)
    await page.screenshot({ path: join(folder, `${name}${ending}.png`) })
    console.log(`docs/images/${name}${ending}.png`)
    await page.close()
  }
}

async function domainWithRecords(): Promise<string> {
  const rows: { id: string; name: string; provider: string; kind: string }[] = JSON.parse(
    await project.run(["resources", "domains", "--json"]),
  )
  const found = rows.find((row) => row.name === "example.com" && row.kind === "zone")
  if (!found) throw new Error("No domain of the recordings has records.")
  return found.id
}
