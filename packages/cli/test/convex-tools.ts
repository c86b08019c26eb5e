import { mkdtempSync, realpathSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build, type Plugin } from "esbuild"

const convex = realpathSync(fileURLToPath(new URL("../../../registry/node_modules/convex", import.meta.url)))

export interface ConvexTools {
  /** The modules that a deployment would take, by their paths. */
  entryPoints(dir: string): Promise<string[]>
  /** Each as it would be sent, with what they share, for the runtime without Node. */
  bundle(dir: string, entryPoints: string[]): Promise<{ path: string; source: string }[]>
  /** The files of `_generated`, as Convex writes them, by their names. */
  generated(modulePaths: string[]): Record<string, string>
}

/**
 * Convex's own code, out of the package's modules: its command is one file that runs at once, and what its modules lean on
 * is not installed with it. All of that is only asked for to print and to report, so that stand-ins do.
 */
export async function convexTools(scratch: string): Promise<ConvexTools> {
  const dir = mkdtempSync(join(scratch, "convex-tools-"))
  const entry = join(dir, "entry.mjs")
  const module = (path: string) => JSON.stringify(join(convex, "dist/esm", path))
  writeFileSync(
    entry,
    [
      `export { entryPoints, bundle } from ${module("bundler/index.js")}`,
      `export { nodeFs } from ${module("bundler/fs.js")}`,
      `export { apiCodegen } from ${module("cli/codegen_templates/api.js")}`,
      `export { serverCodegen } from ${module("cli/codegen_templates/server.js")}`,
      `export { dynamicDataModelDTS } from ${module("cli/codegen_templates/dataModel.js")}`,
    ].join("\n"),
  )
  const outfile = join(dir, "tools.mjs")
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    define: { "process.env.CONVEX_VERBOSE": '""' },
    logLevel: "silent",
    plugins: [standIns(esbuildPath())],
  })
  const tools = await import(outfile)
  const ctx = {
    fs: tools.nodeFs,
    async crash({ printedMessage }: { printedMessage: string | null }) {
      throw new Error(printedMessage ?? "Convex refused it.")
    },
  }
  return {
    entryPoints: (dir) => tools.entryPoints(ctx, dir),
    async bundle(dir, entryPoints) {
      const bundled = { ctx, dir, entryPoints, generateSourceMaps: false, platform: "browser" }
      return (await tools.bundle(bundled)).modules
    },
    generated(modulePaths) {
      const api = tools.apiCodegen(modulePaths)
      const server = tools.serverCodegen({ env: undefined })
      return {
        "api.d.ts": api.DTS,
        "api.js": api.JS,
        "server.d.ts": server.DTS,
        "server.js": server.JS,
        "dataModel.d.ts": tools.dynamicDataModelDTS(),
      }
    },
  }
}

function esbuildPath(): string {
  return fileURLToPath(import.meta.resolve("esbuild"))
}

function standIns(esbuild: string): Plugin {
  return {
    name: "stand-ins",
    setup(build) {
      build.onResolve({ filter: /^esbuild$/ }, () => ({ path: esbuild, external: true }))
      build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
        kind === "entry-point" || path.startsWith("node:") || builtins.test(path)
          ? undefined
          : { path, namespace: "stand-in" },
      )
      build.onLoad({ filter: /.*/, namespace: "stand-in" }, () => ({
        contents:
          "const any = new Proxy(function () {}, { get: (_, key) => (key === '__esModule' ? false : any), apply: () => any, construct: () => any, getPrototypeOf: () => any }); module.exports = any",
      }))
    },
  }
}

const builtins =
  /^(fs|path|url|os|util|crypto|child_process|events|stream|http|https|net|tls|readline|module|assert|buffer|zlib|process|timers|worker_threads|async_hooks|perf_hooks|tty|dns|querystring|string_decoder|v8|vm)(\/|$)/
