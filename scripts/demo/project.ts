import { execFileSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "../run.mjs"

/** Packs the command as it would be published. */
export function packCommand(folder: string): string {
  const printed = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: join(root, "packages/cli"),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    shell: process.platform === "win32",
  })
  const packed: unknown = JSON.parse(printed)
  const [first] = Array.isArray(packed) ? packed : Object.values(packed as object)
  return join(folder, (first as { filename: string }).filename)
}

/** A plain Node project in TypeScript, as one begins today. */
export function createProject(folder: string): void {
  mkdirSync(join(folder, "src"), { recursive: true })
  writeJson(join(folder, "package.json"), { name: "my-platform", private: true, type: "module" })
  writeJson(join(folder, "tsconfig.json"), {
    compilerOptions: {
      target: "ES2022",
      module: "NodeNext",
      types: ["node"],
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ["src"],
  })
  // Inside this repository, Vitest would find the repository's own configuration.
  writeFileSync(join(folder, "vitest.config.ts"), "export default {}\n")
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`)
}
