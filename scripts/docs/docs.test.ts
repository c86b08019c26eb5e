import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { afterAll, beforeAll, describe, it } from "vitest"
import manifest from "../../package.json" with { type: "json" }
import { root } from "../run.mjs"
import { commandsOf } from "./blocks.ts"
import { Session } from "./session.ts"

/** Commands of this repository itself: the gate runs them. */
const OWN = /^(npm (run )?\w+|npx changeset)/
/** What a document may show that changes from run to run. */
const VARYING: readonly [RegExp, string][] = [
  [/127\.0\.0\.1:\d+/g, "127.0.0.1:…"],
  [/\b\d+(\.\d+)? ?m?s\b/g, "… s"],
  [/\b(added|changed|audited) \d+ packages.*\n/g, ""],
]

const documents = [
  join(root, "README.md"),
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join(root, "docs", path)),
  ...["packages/cli/README.md", "registry/docks/gridpane/README.md"].map((path) => join(root, path)),
].flatMap((path) => {
  const commands = commandsOf(readFileSync(path, "utf8"))
  // What a transcript shows happened in a project of its own.
  const [told, shown] = [
    commands.filter((one) => one.output === undefined),
    commands.filter((one) => one.output !== undefined),
  ]
  return [
    { title: relative(root, path), commands: told },
    { title: `the transcript in ${relative(root, path)}`, commands: shown },
  ]
})

describe.concurrent("every command in the documents", () => {
  let session: Session
  beforeAll(async () => {
    session = await Session.open()
  }, 240_000)
  afterAll(() => session?.close())

  for (const { title, commands } of documents.filter(({ commands }) => commands.length > 0)) {
    it(`works in the order of ${title}`, { timeout: 300_000 }, async ({ expect }) => {
      const name = title.replaceAll(/\W+/g, "-")
      // Who adds a provider types in this repository, not in a project that uses it.
      const project = title.includes("docs/contributing.md") ? session.checkout(name) : session.project(name)
      for (const { line, command, output } of commands) {
        const own = OWN.exec(command)
        if (own) {
          const script = command.replace(/^npm (run )?/, "").split(" ")[0] ?? ""
          if (command.startsWith("npm"))
            expect(Object.keys(manifest.scripts), `${title}:${line}`).toContain(script)
          continue
        }
        const { status, printed } = await session.run(command, project)
        expect(status, `${title}:${line} ${command}\n${printed}`).toBe(0)
        if (output !== undefined) expect(steady(printed), `${title}:${line} ${command}`).toBe(steady(output))
      }
    })
  }
})

function steady(text: string): string {
  const settled = VARYING.reduce(
    (result, [pattern, replacement]) => result.replace(pattern, replacement),
    text,
  )
  return settled.replace(/[ \t]+$/gm, "").trim()
}
