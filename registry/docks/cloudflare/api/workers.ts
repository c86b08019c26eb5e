import { z } from "zod"
import type { Listing } from "../../../core/page.ts"
import type { Secret } from "../../../core/secret.ts"
import { CloudflareWorkerDomain } from "../types.ts"
import { type Client, orNull, resultOf } from "./client.ts"

const READ = "Account > Workers Scripts > Read"
const EDIT = "Account > Workers Scripts > Edit"

const SCRIPT = "/accounts/{account}/workers/scripts/{script}"
const DOMAINS = "/accounts/{account}/workers/domains"

/** A script is known by its name within an account. */
export interface WorkerKey {
  readonly account: string
  readonly script: string
}

/** What the entry module imports, by the name that it imports it under. */
export interface WorkerModule {
  readonly name: string
  readonly type: keyof typeof MODULE_TYPES
  readonly content: Uint8Array<ArrayBuffer>
}

export interface WorkerCode {
  /** The entry: one ES module. */
  readonly code: string
  readonly modules: readonly WorkerModule[]
}

export interface WorkerUpload extends WorkerCode {
  readonly compatibilityDate: string
  readonly compatibilityFlags: readonly string[]
  readonly bindings: readonly object[]
  readonly tags: readonly string[]
}

/** https://developers.cloudflare.com/workers/configuration/multipart-upload-metadata/ */
const MODULE_TYPES = {
  esm: "application/javascript+module",
  commonjs: "application/javascript",
  wasm: "application/wasm",
  text: "text/plain",
  data: "application/octet-stream",
} as const

export const ENTRY = "worker.js"
const Settings = z.looseObject({ tags: z.array(z.string()).nullish() })

export class WorkersApi {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  /** Not cut into pages. */
  listScripts(account: string): Listing {
    return this.#client.whole("/accounts/{account}/workers/scripts", { params: { account }, needs: READ })
  }

  async getSettings(key: WorkerKey): Promise<z.output<typeof Settings> | null> {
    const answer = await orNull(this.#client.get(`${SCRIPT}/settings`, { params: at(key), needs: READ }))
    return answer && resultOf(Settings, answer)
  }

  /** Replaces the whole script, with its settings and bindings. */
  async uploadScript(key: WorkerKey, upload: WorkerUpload): Promise<void> {
    const { compatibilityDate, compatibilityFlags, bindings, tags } = upload
    const metadata = {
      main_module: ENTRY,
      compatibility_date: compatibilityDate,
      ...(compatibilityFlags.length > 0 ? { compatibility_flags: compatibilityFlags } : {}),
      ...(bindings.length > 0 ? { bindings } : {}),
      tags,
    }
    await this.#client.put(SCRIPT, { params: at(key), body: moduleForm(metadata, upload), needs: EDIT })
  }

  /** Replaces the code alone: settings, bindings and secrets stay. */
  async uploadContent(key: WorkerKey, code: WorkerCode): Promise<void> {
    const body = moduleForm({ main_module: ENTRY }, code)
    await this.#client.put(`${SCRIPT}/content`, { params: at(key), body, needs: EDIT })
  }

  async deleteScript(key: WorkerKey): Promise<void> {
    await this.#client.delete(SCRIPT, { params: at(key), needs: EDIT })
  }

  async putSecret(key: WorkerKey, name: string, text: Secret): Promise<void> {
    const json = { name, text, type: "secret_text" }
    await this.#client.put(`${SCRIPT}/secrets`, { params: at(key), json, needs: EDIT })
  }

  async deleteSecret(key: WorkerKey, name: string): Promise<void> {
    await this.#client.delete(`${SCRIPT}/secrets/{name}`, { params: { ...at(key), name }, needs: EDIT })
  }

  /** Whole, though it says which page it is. */
  listDomains(account: string, hostname?: string): Listing {
    return this.#client.whole(DOMAINS, { params: { account }, query: { hostname }, needs: READ })
  }

  async attachDomain(
    { account, script: service }: WorkerKey,
    hostname: string,
    zone: string,
  ): Promise<z.output<typeof CloudflareWorkerDomain>> {
    const json = { hostname, service, zone_id: zone, environment: "production" }
    const answer = await this.#client.put(DOMAINS, { params: { account }, json, needs: EDIT })
    return resultOf(CloudflareWorkerDomain, answer)
  }

  async detachDomain(account: string, domain: string): Promise<void> {
    await this.#client.delete(`${DOMAINS}/{domain}`, { params: { account, domain }, needs: EDIT })
  }

  listRoutes(zone: string): Listing {
    const needs = "Zone > Workers Routes > Read"
    return this.#client.whole("/zones/{zone}/workers/routes", { params: { zone }, needs })
  }
}

function moduleForm(metadata: object, { code, modules }: WorkerCode): FormData {
  const form = new FormData()
  form.set("metadata", JSON.stringify(metadata))
  const entry = { name: ENTRY, type: "esm", content: new TextEncoder().encode(code) } as const
  for (const { name, type, content } of [entry, ...modules]) {
    form.set(name, new Blob([content], { type: MODULE_TYPES[type] }), name)
  }
  return form
}

/** Without what else a key may carry. */
function at({ account, script }: WorkerKey) {
  return { account, script }
}
