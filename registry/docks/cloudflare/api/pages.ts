import type { Listing } from "../../../core/page.ts"
import type { JsonObject } from "../../../core/provider-data.ts"
import { CloudflarePagesDeployment, CloudflarePagesDomain, CloudflarePagesProject } from "../types.ts"
import { type Ask, type Client, orNull, resultOf } from "./client.ts"

const READ = "Account > Cloudflare Pages > Read"
const EDIT = "Account > Cloudflare Pages > Edit"

const PROJECTS = "/accounts/{account}/pages/projects"
const PROJECT = `${PROJECTS}/{project}`
const DEPLOYMENTS = `${PROJECT}/deployments`
const DEPLOYMENT = `${DEPLOYMENTS}/{deployment}`
const DOMAINS = `${PROJECT}/domains`
const DOMAIN = `${DOMAINS}/{domain}`

/** A project is known by its name within an account. */
export interface PagesProjectKey {
  readonly account: string
  readonly project: string
}

export class PagesApi {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
  }

  /** 10 a page is all that is known to be accepted. */
  listProjects(account: string): Listing {
    return this.#client.pages(PROJECTS, { params: { account }, needs: READ }, 10)
  }

  async getProject(key: PagesProjectKey): Promise<CloudflarePagesProject | null> {
    const answer = await orNull(this.#client.get(PROJECT, { params: at(key), needs: READ }))
    return answer && resultOf(CloudflarePagesProject, answer)
  }

  async createProject(account: string, project: JsonObject): Promise<CloudflarePagesProject> {
    const ask = { params: { account }, json: project, needs: EDIT }
    return resultOf(CloudflarePagesProject, await this.#client.post(PROJECTS, ask))
  }

  /** What is left out stays as it is. A `Secret` in it is sent in clear. */
  async changeProject(key: PagesProjectKey, change: object): Promise<CloudflarePagesProject> {
    const ask = { params: at(key), json: change, needs: EDIT }
    return resultOf(CloudflarePagesProject, await this.#client.patch(PROJECT, ask))
  }

  async deleteProject(key: PagesProjectKey): Promise<void> {
    await this.#client.delete(PROJECT, { params: at(key), needs: EDIT })
  }

  listDeployments(key: PagesProjectKey): Listing {
    return this.#client.pages(DEPLOYMENTS, { params: at(key), needs: READ }, 25)
  }

  async getDeployment(key: PagesProjectKey, deployment: string): Promise<CloudflarePagesDeployment | null> {
    const answer = await orNull(
      this.#client.get(DEPLOYMENT, { params: { ...at(key), deployment }, needs: READ }),
    )
    return answer && resultOf(CloudflarePagesDeployment, answer)
  }

  /** Builds the head of a branch of the connected repository. */
  async createDeployment(key: PagesProjectKey, branch: string): Promise<CloudflarePagesDeployment> {
    const body = new FormData()
    body.set("branch", branch)
    return this.#deploy(DEPLOYMENTS, { params: at(key), body, needs: EDIT })
  }

  retryDeployment(key: PagesProjectKey, deployment: string): Promise<CloudflarePagesDeployment> {
    return this.#deploy(`${DEPLOYMENT}/retry`, { params: { ...at(key), deployment }, needs: EDIT })
  }

  /** Makes an earlier production deployment the live one again. */
  rollBack(key: PagesProjectKey, deployment: string): Promise<CloudflarePagesDeployment> {
    return this.#deploy(`${DEPLOYMENT}/rollback`, { params: { ...at(key), deployment }, needs: EDIT })
  }

  /** With its aliases: a deployment of a branch is not deleted without them. */
  async deleteDeployment(key: PagesProjectKey, deployment: string): Promise<void> {
    await this.#client.delete(DEPLOYMENT, {
      params: { ...at(key), deployment },
      query: { force: true },
      needs: EDIT,
    })
  }

  listDomains(key: PagesProjectKey): Listing {
    return this.#client.pages(DOMAINS, { params: at(key), needs: READ })
  }

  async addDomain(key: PagesProjectKey, name: string): Promise<CloudflarePagesDomain> {
    const ask = { params: at(key), json: { name }, needs: EDIT }
    return resultOf(CloudflarePagesDomain, await this.#client.post(DOMAINS, ask))
  }

  async removeDomain(key: PagesProjectKey, domain: string): Promise<void> {
    await this.#client.delete(DOMAIN, { params: { ...at(key), domain }, needs: EDIT })
  }

  async #deploy(path: string, ask: Ask): Promise<CloudflarePagesDeployment> {
    return resultOf(CloudflarePagesDeployment, await this.#client.post(path, ask))
  }
}

/** Without what else a key may carry. */
function at({ account, project }: PagesProjectKey) {
  return { account, project }
}
