import { execFileSync } from "node:child_process"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { parseArgs } from "node:util"
import { root, runOrExit, tool } from "./run.mjs"

/**
 * The packed command under another Node: the demo from beginning to end, then the tests and the types of the project it
 * left behind. `npm run smoke -- --node 24`; the npm package `node` brings the other Node.
 */
const { values } = parseArgs({ options: { node: { type: "string", default: "24" } } })
const node = installNode(values.node)
const project = join(root, ".demo/my-platform")
const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env["PATH"] ?? ""}` }

console.log(`Smoke test under Node ${execFileSync(node, ["--version"], { encoding: "utf8" }).trim()}`)
runOrExit(tool("tsx"), ["scripts/demo.ts", "--node", node])

console.log("\nThe project that the demo left behind")
runOrExit(
  "npm",
  ["install", "--save-dev", "--no-audit", "--no-fund", "--loglevel=error", "typescript@~5.9.3"],
  { cwd: project, env },
)
runOrExit(node, ["node_modules/typescript/bin/tsc", "--noEmit"], { cwd: project, env })
runOrExit(node, ["node_modules/vitest/vitest.mjs", "run"], { cwd: project, env })
expectRows(["resources", "servers", "--json"])
expectRows(["resources", "webServices", "--json"])
console.log("\nSmoke test passed.")

function expectRows(args: string[]): void {
  const printed = execFileSync("npx", ["stackdock", ...args], { cwd: project, env, encoding: "utf8" })
  const rows: unknown = JSON.parse(printed)
  if (!Array.isArray(rows) || rows.length === 0) {
    console.error(`No rows from: stackdock ${args.join(" ")}`)
    process.exit(1)
  }
}

function installNode(major: string): string {
  const folder = join(root, `.tools/node${major}`)
  const binary = join(folder, "node_modules/node/bin/node")
  if (existsSync(binary)) return binary
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "package.json"), "{}\n")
  runOrExit("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", `node@${major}`], {
    cwd: folder,
  })
  return binary
}
