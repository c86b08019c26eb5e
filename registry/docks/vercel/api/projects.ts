import { z } from "zod"
import { envelope } from "../../../core/envelope.ts"
import type { Answer, Http } from "../../../core/http.ts"
import type { Listing } from "../../../core/page.ts"
import { VercelDomain, VercelProject } from "../types.ts"
import type { Owner } from "./accounts.ts"
import { PER_PAGE, pages } from "./pages.ts"

export class ProjectsApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  listProjects(owner: Owner): Listing {
    return pages("projects", (from) =>
      this.#http.get("/v10/projects", { query: { ...owner, limit: PER_PAGE, from } }),
    )
  }

  async getProject(owner: Owner, idOrName: string): Promise<VercelProject> {
    const answer = await this.#http.get("/v9/projects/{project}", {
      params: { project: idOrName },
      query: { ...owner },
    })
    return envelope(VercelProject, answer)
  }

  async createProject(owner: Owner, project: object): Promise<VercelProject> {
    return envelope(
      VercelProject,
      await this.#http.post("/v11/projects", { query: { ...owner }, json: project }),
    )
  }

  async deleteProject(owner: Owner, id: string): Promise<void> {
    await this.#http.delete("/v9/projects/{project}", { params: { project: id }, query: { ...owner } })
  }

  listProjectDomains(owner: Owner, project: string): Listing {
    return pages("domains", (until) =>
      this.#http.get("/v9/projects/{project}/domains", {
        params: { project },
        query: { ...owner, limit: PER_PAGE, until },
      }),
    )
  }

  async getProjectDomain(owner: Owner, project: string, domain: string): Promise<VercelDomain> {
    const answer = await this.#http.get("/v9/projects/{project}/domains/{domain}", {
      params: { project, domain },
      query: { ...owner },
    })
    return envelope(VercelDomain, answer)
  }

  async addProjectDomain(owner: Owner, project: string, domain: object): Promise<VercelDomain> {
    const answer = await this.#http.post("/v10/projects/{project}/domains", {
      params: { project },
      query: { ...owner },
      json: domain,
    })
    return envelope(VercelDomain, answer)
  }

  /** Has Vercel look for the TXT record now. Fails with 400 as long as it is not there. */
  async verifyProjectDomain(owner: Owner, project: string, domain: string): Promise<VercelDomain> {
    const answer = await this.#http.post("/v9/projects/{project}/domains/{domain}/verify", {
      params: { project, domain },
      query: { ...owner },
    })
    return envelope(VercelDomain, answer)
  }

  async removeProjectDomain(owner: Owner, project: string, domain: string): Promise<void> {
    await this.#http.delete("/v9/projects/{project}/domains/{domain}", {
      params: { project, domain },
      query: { ...owner },
    })
  }

  listEnvironmentVariables(owner: Owner, project: string): Listing {
    return pages("envs", (until) =>
      this.#http.get("/v10/projects/{project}/env", {
        params: { project },
        query: { ...owner, limit: PER_PAGE, until },
      }),
    )
  }

  /** Makes each variable, or replaces the one of the same name and environment. Gives how many Vercel would not take. */
  async setEnvironmentVariables(
    owner: Owner,
    project: string,
    variables: readonly object[],
  ): Promise<{ refused: string[] }> {
    const answer = await this.#http.post("/v10/projects/{project}/env", {
      params: { project },
      query: { ...owner, upsert: "true" },
      json: variables,
    })
    const { failed } = envelope(EnvironmentAnswer, answer)
    return { refused: (failed ?? []).map(({ error }) => error?.message ?? error?.code ?? "no reason told") }
  }

  /** Points the production domains at another deployment, without building it again. */
  async promote(owner: Owner, project: string, deployment: string): Promise<void> {
    await this.#point(owner, "/v10/projects/{project}/promote/{deployment}", project, deployment)
  }

  /** The same for one that has served production before; later pushes are not promoted until a promotion undoes it. */
  async rollback(owner: Owner, project: string, deployment: string): Promise<void> {
    await this.#point(owner, "/v1/projects/{project}/rollback/{deployment}", project, deployment)
  }

  /** What was answered with one of the tags is asked for anew: https://vercel.com/docs/rest-api/edge-cache/invalidate-by-tag */
  async invalidateByTags(
    owner: Owner,
    project: string,
    what: { readonly tags: readonly string[]; readonly target: string | undefined },
  ): Promise<void> {
    await this.#http.post("/v1/edge-cache/invalidate-by-tags", {
      query: { ...owner, projectIdOrName: project },
      json: what,
    })
  }

  #point(owner: Owner, path: string, project: string, deployment: string): Promise<Answer> {
    return this.#http.post(path, { params: { project, deployment }, query: { ...owner } })
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
