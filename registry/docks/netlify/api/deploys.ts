import { envelope } from "../../../core/envelope.ts"
import type { Answer, Http } from "../../../core/http.ts"
import type { Listing } from "../../../core/page.ts"
import { NetlifyFullDeploy } from "../types.ts"
import { paged } from "./pages.ts"

export interface DeployFiles {
  /** Digests by path: `{ "/index.html": "907d14fb…" }`. */
  readonly files: Readonly<Record<string, string>>
  /** Made at an address of its own, and not published. */
  readonly draft: boolean
}

export class DeploysApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  listDeploys(siteId: string): Listing {
    const params = { site_id: siteId }
    return paged((query) => this.#http.get("/sites/{site_id}/deploys", { params, query }))
  }

  async getDeploy(deployId: string): Promise<NetlifyFullDeploy> {
    return deployIn(await this.#http.get("/deploys/{deploy_id}", { params: { deploy_id: deployId } }))
  }

  /** Begins a deploy. Its `required` are the digests of the files that Netlify has not got yet. */
  async createDeploy(siteId: string, title: string, deploy: DeployFiles): Promise<NetlifyFullDeploy> {
    const params = { site_id: siteId }
    return deployIn(
      await this.#http.post("/sites/{site_id}/deploys", { params, query: { title }, json: deploy }),
    )
  }

  async uploadFile(deployId: string, path: string, content: Uint8Array<ArrayBuffer>): Promise<void> {
    // The slashes of a path are its own; what is between them is encoded.
    const parts = path.split("/").filter(Boolean)
    const names = parts.map((part, index) => [`path${index}`, part] as const)
    await this.#http.put(`/deploys/{deploy_id}/files/${names.map(([name]) => `{${name}}`).join("/")}`, {
      params: { deploy_id: deployId, ...Object.fromEntries(names) },
      headers: { "content-type": "application/octet-stream" },
      body: content,
    })
  }

  /** Publishes it again. */
  async restoreDeploy(siteId: string, deployId: string): Promise<NetlifyFullDeploy> {
    const params = { site_id: siteId, deploy_id: deployId }
    return deployIn(await this.#http.post("/sites/{site_id}/deploys/{deploy_id}/restore", { params }))
  }

  /** Keeps later deploys from being published in its place. */
  async lockDeploy(deployId: string): Promise<NetlifyFullDeploy> {
    return deployIn(await this.#http.post("/deploys/{deploy_id}/lock", { params: { deploy_id: deployId } }))
  }

  async unlockDeploy(deployId: string): Promise<NetlifyFullDeploy> {
    return deployIn(await this.#http.post("/deploys/{deploy_id}/unlock", { params: { deploy_id: deployId } }))
  }

  async cancelDeploy(deployId: string): Promise<void> {
    await this.#http.post("/deploys/{deploy_id}/cancel", { params: { deploy_id: deployId } })
  }

  async deleteDeploy(deployId: string): Promise<void> {
    await this.#http.delete("/deploys/{deploy_id}", { params: { deploy_id: deployId } })
  }
}

function deployIn(answer: Answer): NetlifyFullDeploy {
  return envelope(NetlifyFullDeploy, answer)
}
