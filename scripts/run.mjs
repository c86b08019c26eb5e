// Small helpers of the repository's own scripts: run a tool, say what is happening, stop when it fails.
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("..", import.meta.url))

/** The path of a tool that pnpm installed in the workspace root. */
export function tool(name) {
  return join(root, "node_modules/.bin", process.platform === "win32" ? `${name}.cmd` : name)
}

/** Runs a command in the open and tells whether it succeeded. */
export function passes(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    ...options,
  })
  if (result.error) console.error(result.error.message)
  return result.status === 0
}

export function runOrExit(command, args, options) {
  if (!passes(command, args, options)) process.exit(1)
}
