import { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import type { Http } from "../../../core/http.ts"
import type { Listing } from "../../../core/page.ts"
import { VercelDeployment } from "../types.ts"
import type { Owner } from "./accounts.ts"
import { PER_PAGE, pages } from "./pages.ts"

/** A file on its way: Vercel knows its content by the SHA-1. */
export interface VercelFile {
  readonly file: string
  readonly sha: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export class DeploymentsApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  listDeployments(owner: Owner, projectId?: string): Listing {
    return pages("deployments", (until) =>
      this.#http.get("/v7/deployments", { query: { ...owner, projectId, limit: PER_PAGE, until } }),
    )
  }

  async getDeployment(owner: Owner, id: string): Promise<VercelDeployment> {
    const answer = await this.#http.get("/v13/deployments/{id}", { params: { id }, query: { ...owner } })
    return envelope(SingleDeployment, answer)
  }

  /** From a Git reference, or anew from an earlier deployment: no build of before is taken instead. */
  async createDeployment(owner: Owner, deployment: object): Promise<VercelDeployment> {
    const answer = await this.#http.post("/v13/deployments", {
      query: { ...owner, forceNew: "1" },
      json: deployment,
    })
    return envelope(SingleDeployment, answer)
  }

  /**
   * From files. Asked first with the digests alone, Vercel names the contents that it does not have; only those are
   * uploaded, and the same is asked again.
   */
  async createDeploymentFromFiles(
    owner: Owner,
    deployment: object,
    files: readonly VercelFile[],
  ): Promise<VercelDeployment> {
    const first = await this.#deploy(owner, deployment, files, (body) => MissingFiles.safeParse(body).success)
    const { data: refusal } = MissingFiles.safeParse(first.body)
    if (!refusal) return envelope(SingleDeployment, first)
    const missing = new Set(refusal.error.missing)
    const uploads = new Map(files.filter(({ sha }) => missing.has(sha)).map((file) => [file.sha, file]))
    for (const file of uploads.values()) await this.#upload(owner, file)
    return envelope(SingleDeployment, await this.#deploy(owner, deployment, files))
  }

  async cancelDeployment(owner: Owner, id: string): Promise<VercelDeployment> {
    const answer = await this.#http.patch("/v12/deployments/{id}/cancel", {
      params: { id },
      query: { ...owner },
    })
    return envelope(SingleDeployment, answer)
  }

  async deleteDeployment(owner: Owner, id: string): Promise<void> {
    await this.#http.delete("/v13/deployments/{id}", { params: { id }, query: { ...owner } })
  }

  #deploy(
    owner: Owner,
    deployment: object,
    files: readonly VercelFile[],
    isAnswer?: (body: unknown) => boolean,
  ) {
    return this.#http.post("/v13/deployments", {
      // Without it, Vercel asks back when the files look like another framework than the project's.
      query: { ...owner, forceNew: "1", skipAutoDetectionConfirmation: "1" },
      json: {
        ...deployment,
        files: files.map(({ file, sha, bytes }) => ({ file, sha, size: bytes.byteLength })),
      },
      isAnswer,
    })
  }

  async #upload(owner: Owner, { sha, bytes }: VercelFile): Promise<void> {
    await this.#http.post("/v2/files", {
      query: { ...owner },
      headers: { "content-type": "application/octet-stream" },
      // The same content a second time is the same file.
      idempotency: { header: "x-vercel-digest", key: sha },
      body: bytes,
    })
  }
}

const SingleDeployment = z
  .looseObject({})
  .transform((body) => ({ ...body, uid: body["uid"] ?? body["id"] }))
  .pipe(VercelDeployment)

const MissingFiles = z.looseObject({
  error: z.looseObject({ code: z.literal("missing_files"), missing: z.array(z.string()) }),
})
