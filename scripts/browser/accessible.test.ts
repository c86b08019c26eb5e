import type { Browser, BrowserContext } from "playwright-core"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { type PlayedProvider, playProvider, providers } from "../played/provider.ts"
import { accessibilityProblems } from "./axe.ts"
import { chromiumPath, openBrowser, withoutBrowser } from "./chromium.ts"
import { places } from "./places.ts"
import { createProject, type Project, type Studio, settled, signedIn } from "./stage.ts"

const title = chromiumPath
  ? "every page of the studio"
  : `every page of the studio (skipped: ${withoutBrowser})`

describe.skipIf(!chromiumPath)(title, { timeout: 120_000 }, () => {
  let browser: Browser
  let project: Project
  let studio: Studio
  let played: PlayedProvider[]
  const looks = new Map<"light" | "dark", BrowserContext>()
  let domain = ""

  beforeAll(async () => {
    project = createProject()
    ;[browser, ...played] = await Promise.all([openBrowser(), ...providers.map((name) => playProvider(name))])
    for (const [index, name] of providers.entries()) {
      await project.connect(name, played[index]?.baseUrl ?? "")
    }
    await project.run(["sync"])
    const rows: { id: string; kind: string }[] = JSON.parse(
      await project.run(["resources", "domains", "--json"]),
    )
    domain = rows.find(({ kind }) => kind === "zone")?.id ?? ""
    studio = await project.studio()
    const storageState = await (await signedIn(browser, studio)).storageState()
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ storageState, colorScheme, reducedMotion: "reduce" })
      context.setDefaultTimeout(45_000)
      looks.set(colorScheme, context)
    }
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await studio?.stop()
    await Promise.all((played ?? []).map((provider) => provider.close()))
    project?.remove()
  })

  it.each(places.flatMap((place) => (["light", "dark"] as const).map((look) => ({ ...place, look }))))(
    "has nothing for axe to find: $name, $look",
    async ({ path, look }) => {
      const page = await looks.get(look)?.newPage()
      if (!page) throw new Error("The browser is not there.")
      await page.goto(new URL(path.replace("{domain}", domain), studio.url).href)
      await settled(page)
      expect(await accessibilityProblems(page)).toEqual([])
      await page.setViewportSize({ width: 360, height: 780 })
      expect(await accessibilityProblems(page)).toEqual([])
      const isWider = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
      )
      expect(isWider).toBe(false)
      await page.close()
    },
  )
})
