import { fileURLToPath } from "node:url"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vitest/config"
import { serverWhileWorking } from "./vite-server.ts"

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [react(), tailwindcss(), serverWhileWorking()],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  build: { outDir: isSsrBuild ? "dist/server" : "dist/app" },
  // A busy machine is no failure.
  test: { testTimeout: 60_000, hookTimeout: 120_000, expect: { poll: { timeout: 30_000 } } },
}))
