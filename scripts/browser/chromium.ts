import { accessSync, constants } from "node:fs"
import { type Browser, chromium } from "playwright-core"

/** Where a browser usually is. `CHROMIUM` names another. */
const places = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
]

export const chromiumPath = places.find((path) => path !== undefined && isExecutable(path))

/** Why there are no browser tests here. */
export const withoutBrowser =
  "No Chromium was found. Install it (on Debian: apt-get install chromium), or name one in the variable CHROMIUM."

export async function openBrowser(): Promise<Browser> {
  if (!chromiumPath) throw new Error(withoutBrowser)
  // Containers give no user namespaces to its sandbox; every page here is served by this machine.
  return await chromium.launch({ executablePath: chromiumPath, args: ["--no-sandbox"] })
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
