import type { Http } from "../../../core/http.ts"
import { AccountsApi } from "./accounts.ts"
import { DeploymentsApi } from "./deployments.ts"
import { DomainsApi } from "./domains.ts"
import { ProjectsApi } from "./projects.ts"

/** Vercel's REST API, by resource. Versions are each endpoint's own. */
export class VercelApi {
  readonly accounts: AccountsApi
  readonly projects: ProjectsApi
  readonly deployments: DeploymentsApi
  readonly domains: DomainsApi

  constructor(http: Http) {
    this.accounts = new AccountsApi(http)
    this.projects = new ProjectsApi(http)
    this.deployments = new DeploymentsApi(http)
    this.domains = new DomainsApi(http)
  }
}
