// What must hold beside the tests: types, style, dead code, generated files, docks.
import { passes, tool } from "./run.mjs"

const checks = [
  ["types: repository", tool("tsc"), ["-p", "."]],
  ["types: registry", tool("tsc"), ["-p", "registry"]],
  ["types: ui", tool("tsc"), ["-p", "registry/ui"]],
  ["types: command", tool("tsc"), ["-p", "packages/cli"]],
  ["types: studio", tool("tsc"), ["-p", "packages/cli/studio"]],
  ["types: templates", tool("tsc"), ["-p", "templates"]],
  ["types: scripts", tool("tsc"), ["-p", "scripts"]],
  ["lint and format", tool("biome"), ["ci", "--colors=off", "."]],
  ["dead code", tool("knip"), []],
  ["generated files", tool("tsx"), ["scripts/generate.ts", "--check"]],
  // Their contract tests are among the tests.
  ["docks", tool("tsx"), ["packages/cli/src/bin.ts", "check", "--no-test"]],
  ["drift from specifications", tool("tsx"), ["scripts/drift.ts"]],
]

const failed = checks.filter(([title, command, args]) => {
  console.log(`\n• ${title}`)
  return !passes(command, args)
})

if (failed.length > 0) {
  console.error(`\nFailed: ${failed.map(([title]) => title).join(", ")}`)
  process.exit(1)
}
console.log("\nAll checks passed.")
