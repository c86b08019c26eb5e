import satisfies from "semver/functions/satisfies.js"
import { CliError } from "../framework/error.ts"
import type { Lock } from "../state/lock.ts"

/** An item that would not work with what a plan makes of another. */
interface Broken {
  readonly item: string
  readonly needs: string
  readonly range: string
  readonly version: string
}

/** Whether a version of a shared item will do. An item that names no range works with any. */
export function fits(version: string, range: string | undefined): boolean {
  return range === undefined || satisfies(version, range, { includePrerelease: true })
}

/** Refuses what would leave an item with a shared one that it does not work with; unless it was so before. */
export function refuseBroken(before: Lock, after: Lock): void {
  const known = new Set(brokenIn(before).map((broken) => JSON.stringify(broken)))
  const broken = brokenIn(after).filter((one) => !known.has(JSON.stringify(one)))
  if (broken.length === 0) return
  const list = broken.map(
    ({ item, needs, range, version }) =>
      `\n    ${item} ${after.items[item]?.version} needs ${needs} ${range}, and that would be ${version}`,
  )
  const items = [...new Set(broken.map(({ item }) => item))]
  throw new CliError({
    code: "breaks_items",
    message: `This would break what is installed:${list.join("")}`,
    hint: `Nothing was written. See whether there is a newer one that works: npx stackdock update ${items.join(" ")} --dry-run`,
    exitCode: 3,
    details: { broken },
  })
}

function brokenIn({ items }: Lock): Broken[] {
  return Object.entries(items).flatMap(([item, { needs = {} }]) =>
    Object.entries(needs).flatMap(([name, range]) => {
      const version = Object.hasOwn(items, name) ? items[name]?.version : undefined
      return version === undefined || fits(version, range) ? [] : { item, needs: name, range, version }
    }),
  )
}
