import { mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { build } from "esbuild"
import { root } from "../../run.mjs"

/**
 * The dock alone, and all that a sync takes, each as the one file that a project's build makes of it; packages stay outside, as
 * npm installed them. It lies among the installed packages, so that it finds them. Cloudflare's package as one file, too: the
 * hundreds that npm installs take as long to load as ten thousand records to list, which a build would spare it.
 */
export async function compiledRegistry(): Promise<string> {
  const registry = join(root, "registry")
  const target = join(registry, "node_modules/.cache/bench")
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  writeFileSync(join(target, "package.json"), '{ "type": "module" }\n')
  const sync = [
    'export { cloudflare } from "./docks/cloudflare/index.ts"',
    'export { createHttp } from "./core/http.ts"',
    'export { syncDock } from "./engine/sync.ts"',
  ]
  const contents: Readonly<Record<string, readonly string[]>> = {
    zod: ['export { z } from "zod"'],
    dock: ['export { cloudflare } from "./docks/cloudflare/index.ts"'],
    "sync-file": [...sync, 'export { embeddedStore } from "./stores/sql/node/embedded.ts"'],
    "sync-memory": [...sync, 'export { memoryStore } from "./stores/memory/index.ts"'],
  }
  const asOneFile = { bundle: true, format: "esm", platform: "node", target: "node20" } as const
  for (const [name, lines] of Object.entries(contents)) {
    await build({
      ...asOneFile,
      stdin: { contents: lines.join("\n"), resolveDir: registry, loader: "ts" },
      outfile: join(target, `${name}.js`),
      packages: "external",
    })
  }
  await build({
    ...asOneFile,
    stdin: { contents: 'export { default } from "cloudflare"', resolveDir: import.meta.dirname },
    outfile: join(target, "cloudflare.js"),
  })
  return target
}
