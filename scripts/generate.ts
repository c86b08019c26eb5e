import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { generatedFiles } from "./generate/files.ts"
import { root } from "./run.mjs"

/** `generate.ts` writes every derived file; `generate.ts --check` fails when one of them is stale. */
const check = process.argv.includes("--check")
const stale: string[] = []

for (const [path, content] of await generatedFiles(root)) {
  const file = join(root, path)
  if (existsSync(file) && readFileSync(file, "utf8") === content) continue
  stale.push(path)
  if (check) continue
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
}

if (check && stale.length > 0) {
  console.error(`Stale: ${stale.join(", ")}\nRun: npm run generate`)
  process.exit(1)
}
console.log(stale.length === 0 ? "Generated files are up to date." : `Written: ${stale.join(", ")}`)
