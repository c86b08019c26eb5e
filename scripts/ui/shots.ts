import { existsSync, mkdirSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { createServer } from "node:http"
import { basename, dirname, extname, join } from "node:path"
import { parseArgs } from "node:util"
import tailwindcss from "@tailwindcss/vite"
import react from "@vitejs/plugin-react"
import { chromium } from "playwright-core"
import { build } from "vite"

/** Builds the pages with a fixture port and takes a picture of each path: `shots.ts /docks "/infrastructure/servers?rows=50000" --dark --width 390` */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dark: { type: "boolean" },
    width: { type: "string", default: "1280" },
    height: { type: "string", default: "900" },
    full: { type: "boolean" },
    out: { type: "string", default: "/tmp/shots" },
    "no-build": { type: "boolean" },
  },
})
const here = import.meta.dirname
const dist = join(values.out, "dist")
mkdirSync(values.out, { recursive: true })
if (!values["no-build"]) {
  await build({
    root: here,
    configFile: false,
    logLevel: "warn",
    base: "/",
    plugins: [unwritten(), react(), tailwindcss()],
    resolve: { alias: { "@": join(here, "../../registry") } },
    build: { outDir: dist, emptyOutDir: true },
  })
}
const types: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" }
const server = createServer(async (request, response) => {
  const path = new URL(request.url ?? "/", "http://x").pathname
  const file = join(dist, extname(path) ? path : "index.html")
  const body = await readFile(file).catch(() => undefined)
  response
    .writeHead(body ? 200 : 404, { "content-type": types[extname(file)] ?? "application/octet-stream" })
    .end(body)
}).listen(0, "127.0.0.1")
await new Promise((resolve) => server.once("listening", resolve))
const address = server.address()
const origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] })
try {
  const page = await browser.newPage({
    viewport: { width: Number(values.width), height: Number(values.height) },
    colorScheme: values.dark ? "dark" : "light",
  })
  page.on(
    "console",
    (message) =>
      ["error", "warning"].includes(message.type()) && console.log(`${message.type()}: ${message.text()}`),
  )
  page.on("pageerror", (error) => console.log(`page error: ${error.message}`))
  for (const path of positionals) {
    await page.goto(origin + path)
    await page.waitForTimeout(900)
    const name = `${path.replace(/\W+/g, "-").replace(/^-|-$/g, "") || "home"}${values.dark ? "-dark" : ""}-${values.width}.png`
    await page.screenshot({ path: join(values.out, name), fullPage: values.full ?? false })
    console.log(join(values.out, name))
  }
} finally {
  await browser.close()
  server.close()
}

/** Pages that are not written yet show their name, so that the others can be looked at. */
function unwritten() {
  return {
    name: "unwritten",
    resolveId: (id: string, from?: string) =>
      from && id.includes("/pages/") && !existsSync(join(dirname(from), id))
        ? `\0unwritten:${basename(id, ".tsx")}`
        : undefined,
    load(id: string) {
      if (!id.startsWith("\0unwritten:")) return undefined
      const name = id
        .slice("\0unwritten:".length)
        .replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())
      return `export const ${name} = () => "${name} is not written yet."`
    },
  }
}
