import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { addDock, docksList, removeDock } from "./docks-list.ts"

const spaces = { importExtension: ".ts", style: { indent: "  ", newline: "\n" } } as const
const provider = fc.stringMatching(/^[a-z][a-z0-9]{0,9}(-[a-z][a-z0-9]{0,6})?$/)
const providers = fc.uniqueArray(provider, { maxLength: 8 })
const listStyle = fc.record({
  importExtension: fc.constantFrom(".ts" as const, ".js" as const, "" as const),
  style: fc.record({
    indent: fc.constantFrom("  ", "\t"),
    newline: fc.constantFrom("\n" as const, "\r\n" as const),
  }),
})

describe("the list as we write it", () => {
  test("is the registry's own file when it is empty", () => {
    expect(docksList([], spaces)).toBe(
      'import type { AnyDock } from "../core/dock.ts"\n\nexport const docks: readonly AnyDock[] = []\n',
    )
  })

  test("names a provider with a dash in camel case, in alphabetical order", async () => {
    const list = await addDock(docksList(["gridpane"], spaces), "better-stack", spaces)
    expect(list).toBe(`import type { AnyDock } from "../core/dock.ts"
import { betterStack } from "./better-stack/index.ts"
import { gridpane } from "./gridpane/index.ts"

export const docks: readonly AnyDock[] = [betterStack, gridpane]
`)
  })

  test("gives a long list a line a dock, and goes back", async () => {
    const names = ["cloudflare", "digitalocean", "gridpane", "hetzner"]
    const long = await addDock(docksList(names, spaces), "vultr", spaces)
    expect(long).toContain("[\n  cloudflare,\n  digitalocean,\n")
    expect(await removeDock(long, "vultr", spaces)).toBe(docksList(names, spaces))
  })

  test("is the same bytes after adding and removing any dock", async () => {
    await fc.assert(
      fc.asyncProperty(providers, provider, listStyle, async (names, name, style) => {
        fc.pre(!names.includes(name))
        const before = docksList(names, style)
        const added = await addDock(before, name, style)
        expect(added).not.toBe(before)
        expect(await addDock(added, name, style)).toBe(added)
        expect(await removeDock(added, name, style)).toBe(before)
      }),
      { numRuns: 60 },
    )
  })
})

const changed = {
  "a comment and semicolons": `import type { AnyDock } from '../core/dock.js';
import { gridpane } from './gridpane/index.js'; // ours

// Only these two in production.
export const docks: readonly AnyDock[] = [
	gridpane, // the old account
];
`,
  "no trailing comma": `import { gridpane } from "./gridpane"
import { internal } from "../internal/dock"

export const docks = [
  gridpane,
  internal
]
`,
  "one line, satisfies": `import type { AnyDock } from "../core/dock.ts"
import { gridpane } from "./gridpane/index.ts"

export const docks = [gridpane] satisfies AnyDock[]
`,
  "one line, trailing comma": `import { gridpane } from "./gridpane/index.ts"
const extra = 1
export const docks = [gridpane,] as const
`,
  "empty over two lines": `import type { AnyDock } from "../core/dock.ts"
export const docks: AnyDock[] = [
  // none yet
]
export const other = [1]
`,
  "no import, no last newline": `export const docks = []`,
  "carriage returns":
    'import { a } from "./a/index.ts"\r\n// mine\r\nexport const docks = [\r\n\ta,\r\n]\r\n',
  "a spread and a call": `import { gridpane } from "./gridpane/index.ts"
import { more } from "./more.ts"
export const docks = [...more, traced(gridpane)]
`,
}

describe("the list once its owner has changed it", () => {
  test.each(Object.entries(changed))("keeps every line when a dock is added (%s)", async (_, source) => {
    const added = await addDock(source, "vultr", spaces)
    expect(added).toMatch(/^import \{ vultr \} from ["']\.\/vultr\/index\.ts["'];?\r?$/m)
    expect(withoutAdded(added)).toBe(withoutAdded(source))
    expect(await addDock(added, "vultr", spaces)).toBe(added)
  })

  test.each(Object.entries(changed))(
    "has its own bytes back when the dock is removed (%s)",
    async (_, source) => {
      expect(await removeDock(await addDock(source, "vultr", spaces), "vultr", spaces)).toBe(source)
    },
  )

  test("writes the new lines as the old ones are written", async () => {
    expect(
      await addDock(changed["a comment and semicolons"], "vultr", { ...spaces, importExtension: ".js" }),
    ).toBe(`import type { AnyDock } from '../core/dock.js';
import { gridpane } from './gridpane/index.js'; // ours
import { vultr } from './vultr/index.js';

// Only these two in production.
export const docks: readonly AnyDock[] = [
	gridpane, // the old account
	vultr,
];
`)
  })

  test("puts only the element back when the import is still there", async () => {
    const source = 'import { gridpane as main } from "./gridpane/index.ts"\nexport const docks = []\n'
    expect(await addDock(source, "gridpane", spaces)).toContain("docks = [main]")
  })

  test("leaves a file alone that never had the dock", async () => {
    const source = changed["no trailing comma"]
    expect(await removeDock(source, "vultr", spaces)).toBe(source)
  })

  test("says what to write by hand when there is no list to extend", async () => {
    const source = "export const docks = load()\n"
    await expect(addDock(source, "better-stack", spaces)).rejects.toMatchObject({
      code: "docks_list",
      hint: expect.stringContaining('import { betterStack } from "./better-stack/index.ts"'),
    })
  })

  test("does not take a name that means something else in the file", async () => {
    const source = "const vultr = 1\nexport const docks = [vultr]\n"
    await expect(addDock(source, "vultr", spaces)).rejects.toMatchObject({ code: "docks_list" })
  })

  test("does not remove a dock that other code of the file uses", async () => {
    await expect(removeDock(changed["a spread and a call"], "gridpane", spaces)).rejects.toMatchObject({
      code: "docks_list",
    })
  })
})

/** What is left when all that could be ours is taken away. */
function withoutAdded(source: string): string {
  return source
    .split(/\r?\n/)
    .filter((line) => !line.startsWith("import { vultr }"))
    .join("")
    .replaceAll(/vultr|,|\s/g, "")
}
