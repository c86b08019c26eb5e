import { resolve } from "node:path"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

/** The pages of the studio, as the command carries them. `scripts/build.ts` says where to. */
export default defineConfig({
  plugins: [react(), tailwindcss()],
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
