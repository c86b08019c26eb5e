import { readdirSync } from "node:fs"
import { join } from "node:path"
import { passes, root, tool } from "./run.mjs"

/** Runs the benchmarks in `scripts/bench`, or those whose name contains the argument. */
const wanted = process.argv[2] ?? ""
const files = readdirSync(join(root, "scripts/bench"))
  .filter((name) => name.endsWith(".bench.ts") && name.includes(wanted))
  .sort()
const failed = files.filter((name) => {
  console.log(`\n── ${name.replace(".bench.ts", "")}`)
  return !passes(tool("tsx"), [join("scripts/bench", name)])
})
if (failed.length > 0) {
  console.error(`\nDid not finish, or missed its bound: ${failed.join(", ")}`)
  process.exit(1)
}
