/// <reference types="node" />

import { createReadStream, type Dirent, readdirSync, statSync } from "node:fs"
import { extname, join, posix, relative } from "node:path"
import { Readable } from "node:stream"

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
}

interface File {
  path: string
  bytes: number
  etag: string
}

const encodings = [
  { name: "br", suffix: ".br" },
  { name: "gzip", suffix: ".gz" },
] as const

/**
 * Serves a built app. The folder is read once, at the start: an address is looked up among what was there, so that no way of
 * writing it leads anywhere else. `name.js.br` and `name.js.gz` are sent in the place of `name.js`. An address that is no
 * file's is a page of the app, which `index.html` shows.
 */
export function staticPages(folder: string): (request: Request) => Promise<Response | undefined> {
  const files = filesIn(folder)
  return async (request) => {
    const path = pathOf(request.url)
    if (path === undefined) return undefined
    const isFile = path !== "/" && files.has(path)
    // A file that is missing is not a page: a browser would run the page's HTML as a script.
    if (!isFile && posix.basename(path).includes(".")) return undefined
    return send(files, isFile ? path : "/index.html", request)
  }
}

function filesIn(folder: string): ReadonlyMap<string, File> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const isFile = (entry: Dirent) => entry.isFile() && !entry.name.startsWith(".")
  return new Map(
    entries.filter(isFile).map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const { size, mtimeMs } = statSync(path)
      const address = `/${relative(folder, path).replaceAll("\\", "/")}`
      return [
        address,
        { path, bytes: size, etag: `"${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}"` },
      ]
    }),
  )
}

function pathOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url).pathname)
  } catch {
    return undefined
  }
}

function send(files: ReadonlyMap<string, File>, name: string, request: Request): Response | undefined {
  const plain = files.get(name)
  if (!plain) return undefined
  const accepted = (request.headers.get("accept-encoding") ?? "")
    .split(",")
    .map((word) => word.split(";")[0]?.trim())
  const encoding = encodings.find(
    ({ name: word, suffix }) => accepted.includes(word) && files.has(name + suffix),
  )
  const file = (encoding && files.get(name + encoding.suffix)) ?? plain
  const headers = new Headers({
    "content-type": types[extname(name)] ?? "application/octet-stream",
    "cache-control": isNamedByContent(name) ? "public, max-age=31536000, immutable" : "no-cache",
    etag: file.etag,
    vary: "accept-encoding",
  })
  if (request.headers.get("if-none-match") === file.etag) return new Response(null, { status: 304, headers })
  headers.set("content-length", String(file.bytes))
  if (encoding) headers.set("content-encoding", encoding.name)
  const body = request.method === "HEAD" ? null : Readable.toWeb(createReadStream(file.path))
  // Node's own stream type is the same thing under another name.
  return new Response(body as ReadableStream<Uint8Array> | null, { headers })
}

/** Vite puts a hash into the names of what lies in `assets`, so that what is there never changes. */
function isNamedByContent(name: string): boolean {
  return name.startsWith("/assets/") && /-[\w-]{8,}\.\w+$/.test(name)
}
