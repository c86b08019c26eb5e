import { defineConfig } from "tsup"

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
  noExternal: [/.*/],
})
