import { cpus } from "node:os"
import { gzipSync } from "node:zlib"
import type { Browser, Page } from "playwright-core"
import { chromiumPath, openBrowser, withoutBrowser } from "../browser/chromium.ts"
import { withManyServers } from "../browser/many-servers.ts"
import { createProject, signedIn } from "../browser/stage.ts"

/**
 * The studio over 50,000 servers, in a real browser: what is promised of it in docs/studio.md. Medians of five; the bare
 * page beside them is what this machine and this browser need for nothing at all.
 */
const SERVERS = 50_000
const ROUNDS = 5
const bounds = { usableMs: 1_500, frameMs: 50, keystrokeMs: 100, scriptKb: 250 }

if (!chromiumPath) {
  console.log(`Skipped. ${withoutBrowser}`)
  process.exit(0)
}

const project = createProject()
const browser = await openBrowser()
try {
  await withManyServers(project, SERVERS)
  const studio = await project.studio()
  const session = await signedIn(browser, studio)
  // What runs in the page was compiled with names kept, by a function that the page does not have.
  await session.addInitScript("globalThis.__name = (named) => named")
  const servers = new URL("/infrastructure/servers", studio.url).href

  const bare = await rounds(() => bareFrame(browser))
  const usable = await rounds(async () => {
    const page = await session.newPage()
    await page.goto(servers, { waitUntil: "commit" })
    await rowsOf(page).first().waitFor()
    const ms = await page.evaluate(() => performance.now())
    await page.close()
    return ms
  })

  const page = await session.newPage()
  const script = scriptBytes(page)
  await page.goto(servers)
  await rowsOf(page).first().waitFor()
  const kilobytes = (await script()) / 1000
  await page.waitForTimeout(1_000)
  const scrolls = await scrolling(page)
  // Each letter leaves fewer rows than the one before.
  const keystrokes: number[] = []
  for (const word of ["we", "ap", "ca", "wo", "se"]) {
    for (const letter of word) keystrokes.push(await keystroke(page, letter))
    await page.getByRole("searchbox").fill("")
    await page.waitForFunction(
      (all) => document.querySelector("[role=grid]")?.getAttribute("aria-rowcount") === all,
      String(SERVERS + 1),
    )
  }
  await studio.stop()

  const rows: [string, number, number, string][] = [
    ["first rows usable after navigation", median(usable), bounds.usableMs, "ms"],
    ["longest frame while scrolling", median(scrolls.longest), bounds.frameMs, "ms"],
    ["keystroke to paint", median(keystrokes), bounds.keystrokeMs, "ms"],
    ["JavaScript before the first rows, gzip", kilobytes, bounds.scriptKb, "kB"],
  ]
  console.log(`${SERVERS.toLocaleString("en")} servers, ${cpus().length} processors, ${browser.version()}`)
  console.log(`an empty frame takes ${bare[0] === undefined ? "?" : median(bare).toFixed(1)} ms here`)
  for (const [title, value, bound, unit] of rows) {
    const verdict = value <= bound ? "" : "   MISSED"
    console.log(`${title.padEnd(42)} ${value.toFixed(0).padStart(6)} ${unit}   (at most ${bound})${verdict}`)
  }
  console.log(
    `frames over ${bounds.frameMs} ms while scrolling: ${scrolls.late.join(", ")} of ${scrolls.frames.join(", ")}`,
  )
  if (rows.some(([, value, bound]) => value > bound)) process.exitCode = 1
} finally {
  await browser.close()
  project.remove()
}

function rowsOf(page: Page) {
  return page
    .getByRole("grid")
    .getByRole("row")
    .filter({ hasText: /-\d{6}/ })
}

/** What is sent as JavaScript until the rows are there, as small as gzip makes it. */
function scriptBytes(page: Page): () => Promise<number> {
  const bodies: Promise<Buffer>[] = []
  page.on("response", (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) bodies.push(response.body())
  })
  return async () => (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).length, 0)
}

/** Turns the wheel through the table for two seconds, and looks at every frame. */
async function scrolling(page: Page) {
  const [longest, late, frames]: number[][] = [[], [], []]
  for (let round = 0; round < ROUNDS; round++) {
    const box = await page.getByRole("grid").boundingBox()
    if (box) await page.mouse.move(box.x + 200, box.y + 200)
    await page.evaluate(() => {
      const gaps: number[] = []
      let last = performance.now()
      const next = (now: number) => {
        gaps.push(now - last)
        last = now
        if (Reflect.get(globalThis, "gaps") === gaps) requestAnimationFrame(next)
      }
      Reflect.set(globalThis, "gaps", gaps)
      requestAnimationFrame(next)
    })
    for (let turn = 0; turn < 60; turn++) {
      await page.mouse.wheel(0, 400)
      await page.waitForTimeout(16)
    }
    const gaps: number[] = await page.evaluate(() => {
      const found = Reflect.get(globalThis, "gaps")
      Reflect.set(globalThis, "gaps", undefined)
      return found
    })
    longest?.push(Math.max(...gaps.slice(2)))
    late?.push(gaps.slice(2).filter((gap) => gap > bounds.frameMs).length)
    frames?.push(gaps.length)
  }
  return { longest: longest ?? [], late: late ?? [], frames: frames ?? [] }
}

/** From the key to the frame in which the rows that it leaves are painted. */
async function keystroke(page: Page, letter: string): Promise<number> {
  const search = page.getByRole("searchbox")
  await search.focus()
  await page.evaluate(() => {
    const rowsNow = () => document.querySelector("[role=grid]")?.getAttribute("aria-rowcount")
    const before = rowsNow()
    const painted = new Promise<number>((resolve) => {
      let pressed = 0
      addEventListener("keydown", (event) => (pressed = event.timeStamp), { once: true, capture: true })
      const look = () => {
        const now = rowsNow()
        const isThere = now !== undefined && now !== before
        if (isThere && pressed > 0) requestAnimationFrame(() => resolve(performance.now() - pressed))
        else requestAnimationFrame(look)
      }
      look()
    })
    Reflect.set(globalThis, "painted", painted)
  })
  await page.keyboard.press(letter)
  return await page.evaluate(() => Reflect.get(globalThis, "painted") as Promise<number>)
}

async function bareFrame(browser: Browser): Promise<number> {
  const page = await browser.newPage()
  const ms = await page.evaluate(async () => {
    const began = performance.now()
    for (let frame = 0; frame < 30; frame++) await new Promise(requestAnimationFrame)
    return (performance.now() - began) / 30
  })
  await page.close()
  return ms
}

async function rounds(work: () => Promise<number>): Promise<number[]> {
  const found: number[] = []
  for (let round = 0; round < ROUNDS; round++) found.push(await work())
  return found
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
