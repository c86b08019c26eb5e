import { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import type { Answer, Http } from "../../../core/http.ts"
import type { Listing } from "../../../core/page.ts"
import { VercelDomain, VercelProject } from "../types.ts"
import type { VercelAccount } from "./accounts.ts"
import { PER_PAGE, pages } from "./pages.ts"

export class ProjectsApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  listProjects({ teamId }: VercelAccount): Listing {
    return pages("projects", (from) =>
      this.#http.get("/v10/projects", { query: { teamId, limit: PER_PAGE, from } }),
    )
  }

  async getProject({ teamId }: VercelAccount, idOrName: string): Promise<VercelProject> {
    const answer = await this.#http.get("/v9/projects/{project}", {
      params: { project: idOrName },
      query: { teamId },
    })
    return envelope(VercelProject, answer)
  }

  async createProject({ teamId }: VercelAccount, project: object): Promise<VercelProject> {
    return envelope(
      VercelProject,
      await this.#http.post("/v11/projects", { query: { teamId }, json: project }),
    )
  }

  async deleteProject({ teamId }: VercelAccount, id: string): Promise<void> {
    await this.#http.delete("/v9/projects/{project}", { params: { project: id }, query: { teamId } })
  }

  listProjectDomains({ teamId }: VercelAccount, project: string): Listing {
    return pages("domains", (until) =>
      this.#http.get("/v9/projects/{project}/domains", {
        params: { project },
        query: { teamId, limit: PER_PAGE, until },
      }),
    )
  }

  async getProjectDomain({ teamId }: VercelAccount, project: string, domain: string): Promise<VercelDomain> {
    const answer = await this.#http.get("/v9/projects/{project}/domains/{domain}", {
      params: { project, domain },
      query: { teamId },
    })
    return envelope(VercelDomain, answer)
  }

  async addProjectDomain({ teamId }: VercelAccount, project: string, domain: object): Promise<VercelDomain> {
    const answer = await this.#http.post("/v10/projects/{project}/domains", {
      params: { project },
      query: { teamId },
      json: domain,
    })
    return envelope(VercelDomain, answer)
  }

  /** Has Vercel look for the TXT record now. Fails with 400 as long as it is not there. */
  async verifyProjectDomain(
    { teamId }: VercelAccount,
    project: string,
    domain: string,
  ): Promise<VercelDomain> {
    const answer = await this.#http.post("/v9/projects/{project}/domains/{domain}/verify", {
      params: { project, domain },
      query: { teamId },
    })
    return envelope(VercelDomain, answer)
  }

  async removeProjectDomain({ teamId }: VercelAccount, project: string, domain: string): Promise<void> {
    await this.#http.delete("/v9/projects/{project}/domains/{domain}", {
      params: { project, domain },
      query: { teamId },
    })
  }

  listEnvironmentVariables({ teamId }: VercelAccount, project: string): Listing {
    return pages("envs", (until) =>
      this.#http.get("/v10/projects/{project}/env", { params: { project }, query: { teamId, until } }),
    )
  }

  /** Makes each variable, or replaces the one of the same name and environment. Gives how many Vercel would not take. */
  async setEnvironmentVariables(
    { teamId }: VercelAccount,
    project: string,
    variables: readonly object[],
  ): Promise<{ refused: string[] }> {
    const answer = await this.#http.post("/v10/projects/{project}/env", {
      params: { project },
      query: { teamId, upsert: "true" },
      json: variables,
    })
    const { failed } = envelope(EnvironmentAnswer, answer)
    return { refused: (failed ?? []).map(({ error }) => error?.message ?? error?.code ?? "no reason told") }
  }

  /** Points the production domains at another deployment, without building it again. */
  async promote(account: VercelAccount, project: string, deployment: string): Promise<void> {
    await this.#point(account, "/v10/projects/{project}/promote/{deployment}", project, deployment)
  }

  /** The same for one that has served production before; later pushes are not promoted until a promotion undoes it. */
  async rollback(account: VercelAccount, project: string, deployment: string): Promise<void> {
    await this.#point(account, "/v1/projects/{project}/rollback/{deployment}", project, deployment)
  }

  #point({ teamId }: VercelAccount, path: string, project: string, deployment: string): Promise<Answer> {
    return this.#http.post(path, { params: { project, deployment }, query: { teamId } })
  }
}

const EnvironmentAnswer = z.looseObject({
  failed: z
    .array(
      z.looseObject({
        error: z.looseObject({ code: z.string().nullish(), message: z.string().nullish() }).nullish(),
      }),
    )
    .nullish(),
})
