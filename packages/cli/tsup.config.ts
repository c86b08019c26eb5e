import { cp } from "node:fs/promises"
import { resolve } from "node:path"
import { defineConfig } from "tsup"
import { buildRegistry } from "./src/registry/build.ts"

export default defineConfig({
  entry: ["src/bin.ts"],
  format: "esm",
  target: "node20",
  platform: "node",
  splitting: true,
  treeshake: true,
  clean: true,
  // Only these two are installed beside the command; everything else is bundled.
  external: ["jiti", "ts-morph"],
  noExternal: [/^(?!jiti$|ts-morph$)/],
  /** Its build for Node is CommonJS, which requires Node's modules in a way that does not survive bundling. */
  esbuildOptions(options) {
    options.alias = { yaml: resolve("node_modules/yaml/browser/index.js") }
  },
  /** What the command carries, so that it works without a network. */
  async onSuccess() {
    for (const name of ["project", "dock", "convex", "convex-app", "dashboard"]) {
      await cp(resolve("../../templates", name), resolve("dist/templates", name), { recursive: true })
    }
    await buildRegistry({
      input: resolve("../../registry.json"),
      output: resolve("dist/registry"),
      versions: false,
    })
  },
})
