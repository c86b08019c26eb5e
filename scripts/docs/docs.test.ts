import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
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
].map((path) => ({ path: relative(root, path), commands: commandsOf(readFileSync(path, "utf8")) }))

describe("every command in the documents", () => {
  let session: Session
  beforeAll(async () => {
    session = await Session.open()
  }, 240_000)
  afterAll(() => session?.close())

  for (const { path, commands } of documents.filter(({ commands }) => commands.length > 0)) {
    it(`works in the order of ${path}`, { timeout: 300_000 }, () => {
      const project = session.project(path.replaceAll("/", "-"))
      for (const { line, command, output } of commands) {
        const own = OWN.exec(command)
        if (own) {
          const script = command.replace(/^npm (run )?/, "").split(" ")[0] ?? ""
          if (command.startsWith("npm"))
            expect(Object.keys(manifest.scripts), `${path}:${line}`).toContain(script)
          continue
        }
        const { status, printed } = session.run(command, project)
        expect(status, `${path}:${line} ${command}\n${printed}`).toBe(0)
        if (output !== undefined) expect(steady(printed), `${path}:${line} ${command}`).toBe(steady(output))
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
