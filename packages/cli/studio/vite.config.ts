import { existsSync } from "node:fs"
import { dirname, resolve } from "node:path"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig, type Plugin } from "vite"

/** The pages of the studio, as the command carries them. `scripts/build.ts` says where to. */
export default defineConfig({
  plugins: [react(), tailwindcss(), pagesToCome()],
  resolve: {
    alias: { "@": resolve(import.meta.dirname, "../../../registry") },
    dedupe: ["react", "react-dom"],
  },
  build: {
    target: "es2022",
    emptyOutDir: true,
    // Served on this machine: what is not sent far need not be packed.
    reportCompressedSize: false,
    license: { fileName: "licenses.md" },
  },
})

/** Pages that are still being written leave their address empty. Goes away with the last of them. */
function pagesToCome(): Plugin {
  return {
    name: "pages-to-come",
    enforce: "pre",
    resolveId: (source, importer) =>
      importer && source.startsWith("../pages/") && !existsSync(resolve(dirname(importer), source))
        ? "\0nothing"
        : null,
    load: (id) => (id === "\0nothing" ? "export {}" : null),
  }
}
