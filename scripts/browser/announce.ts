import { chromiumPath, withoutBrowser } from "./chromium.ts"

/** At the very end, where it is read. */
export function teardown(): void {
  if (!chromiumPath) console.warn(`\nThe browser tests were skipped. ${withoutBrowser}`)
}
