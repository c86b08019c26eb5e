import { z } from "zod"
import { Secret } from "../../../core/secret.ts"
import { blake3 } from "../blake3.ts"
import { CloudflarePagesDeployment } from "../types.ts"
import { type Client, resultOf } from "./client.ts"
import type { PagesProjectKey } from "./pages.ts"

const EDIT = "Account > Cloudflare Pages > Edit"
const PROJECT = "/accounts/{account}/pages/projects/{project}"

/** What one request takes, by what Cloudflare's own command sends. */
const MOST_FILES = 2_000
const MOST_BYTES = 40 * 1024 * 1024

/** A file of a deployment, with its content as Base64. */
export interface PagesFile {
  /** From the root: `/index.html`. */
  readonly path: string
  readonly base64: string
}

export interface PagesUpload {
  readonly branch: string
  readonly message: string
  readonly files: readonly PagesFile[]
}

const Token = z.looseObject({ jwt: z.string() })
const Hashes = z.array(z.string())

/**
 * Deploys files. Cloudflare documents no API for it; this is what its own command does (`pages deploy` in
 * https://github.com/cloudflare/workers-sdk): ask for a token, ask which files are missing, upload those, say that all are in
 * use, and deploy a list of paths with their hashes.
 */
export class PagesUploadApi {
  readonly #client: Client
  readonly #unsigned: Client

  /** Assets are uploaded with a token of their own, and without the credential. */
  constructor(client: Client, unsigned: Client) {
    this.#client = client
    this.#unsigned = unsigned
  }

  async deploy(key: PagesProjectKey, upload: PagesUpload): Promise<CloudflarePagesDeployment> {
    const { account, project } = key
    const assets = upload.files.filter(({ path }) => !SETTINGS.has(path)).map(hashed)
    await this.#uploadMissing(key, assets)

    const body = new FormData()
    body.set("manifest", JSON.stringify(Object.fromEntries(assets.map(({ path, hash }) => [path, hash]))))
    body.set("branch", upload.branch)
    body.set("commit_message", upload.message)
    for (const { path, base64 } of upload.files) {
      const name = path.slice(1)
      if (SETTINGS.has(path)) body.set(name, new Blob([bytesOf(base64)]), name)
    }
    const ask = { params: { account, project }, body, needs: EDIT }
    return resultOf(CloudflarePagesDeployment, await this.#client.post(`${PROJECT}/deployments`, ask))
  }

  async #uploadMissing({ account, project }: PagesProjectKey, assets: readonly Asset[]): Promise<void> {
    const ask = { params: { account, project }, needs: EDIT }
    const { jwt } = resultOf(Token, await this.#client.get(`${PROJECT}/upload-token`, ask))
    const uploading = this.#unsigned.bearing(new Secret(jwt))
    const hashes = [...new Set(assets.map(({ hash }) => hash))]
    const missing = new Set(
      resultOf(
        Hashes,
        await uploading.post("/pages/assets/check-missing", { json: { hashes }, needs: EDIT }),
      ),
    )
    for (const bucket of buckets(assets.filter(({ hash }) => missing.delete(hash)))) {
      const json = bucket.map(({ hash, base64, contentType }) => {
        return { key: hash, value: base64, metadata: { contentType }, base64: true }
      })
      await uploading.post("/pages/assets/upload", { json, needs: EDIT })
    }
    // Otherwise they are forgotten in time, however often they were deployed.
    await uploading.post("/pages/assets/upsert-hashes", { json: { hashes }, needs: EDIT })
  }
}

/** These are no assets: they say how the others are served. https://developers.cloudflare.com/pages/configuration/ */
const SETTINGS = new Set(["/_headers", "/_redirects", "/_routes.json", "/_worker.js"])

interface Asset extends PagesFile {
  readonly hash: string
  readonly contentType: string
}

function hashed({ path, base64 }: PagesFile): Asset {
  const extension = /[^/.]\.([^/.]+)$/.exec(path)?.[1] ?? ""
  const hash = blake3(new TextEncoder().encode(base64 + extension)).slice(0, 32)
  const contentType = CONTENT_TYPES[extension.toLowerCase()] ?? "application/octet-stream"
  return { path, base64, hash, contentType }
}

function* buckets(assets: readonly Asset[]): Generator<Asset[]> {
  let bucket: Asset[] = []
  let bytes = 0
  for (const asset of assets) {
    if (bucket.length > 0 && (bucket.length >= MOST_FILES || bytes + asset.base64.length > MOST_BYTES)) {
      yield bucket
      bucket = []
      bytes = 0
    }
    bucket.push(asset)
    bytes += asset.base64.length
  }
  if (bucket.length > 0) yield bucket
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

/** Files are served with the type that they were uploaded with. */
const CONTENT_TYPES: Readonly<Record<string, string>> = {
  avif: "image/avif",
  css: "text/css",
  csv: "text/csv",
  gif: "image/gif",
  htm: "text/html",
  html: "text/html",
  ico: "image/vnd.microsoft.icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "application/javascript",
  json: "application/json",
  map: "application/json",
  md: "text/markdown",
  mjs: "application/javascript",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  otf: "font/otf",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  ttf: "font/ttf",
  txt: "text/plain",
  wasm: "application/wasm",
  webm: "video/webm",
  webmanifest: "application/manifest+json",
  webp: "image/webp",
  woff: "font/woff",
  woff2: "font/woff2",
  xml: "application/xml",
  zip: "application/zip",
}
