import type { z } from "zod"
import { instantFrom } from "../../../core/dates.ts"
import { resource } from "../../../core/resource.ts"
import type { CloudflareApi } from "../api/index.ts"
import { projectId, workerId } from "../keys.ts"
import { CloudflarePagesProject, CloudflareWorker } from "../types.ts"
import { consoleUrl } from "./console.ts"
import { perAccount } from "./places.ts"

export type ServiceScope = { readonly kind: "pages" | "workers"; readonly account: string }

/** Pages projects are known by their name, Workers by an id that is their name. */
const PagesOrWorker = CloudflarePagesProject.extend(CloudflareWorker.shape).partial()

/** The two are listed apart, with a permission each: one that is missing leaves the other. */
export const webServices = resource("webServices", PagesOrWorker, {
  scopes: (api: CloudflareApi) =>
    perAccount<ServiceScope>(api, ({ id: account, name }) => [
      { id: `pages/${account}`, name: `Pages of ${name}`, data: { kind: "pages", account } },
      { id: `workers/${account}`, name: `Workers of ${name}`, data: { kind: "workers", account } },
    ]),
  list: (api, { data }) =>
    data?.kind === "workers"
      ? api.workers.listScripts(data.account)
      : api.pages.listProjects(data?.account ?? ""),
  map: (item, { data }) =>
    data?.kind === "workers" ? workerRow(item, data.account) : projectRow(item, data?.account ?? ""),
  // The values of variables are not read, only their names; `canonical_deployment` and the like hold them too.
  redact: ["value"],
  // Its stages change with the clock; the deployments tell of them.
  volatile: ["latest_deployment"],
})

function projectRow({ name, ...project }: z.output<typeof PagesOrWorker>, account: string) {
  if (!name) throw new TypeError("A Pages project without a name.")
  return {
    providerResourceId: projectId({ account, project: name }),
    name,
    // A project has no status of its own. It is active when a deployment answers at its address.
    status: project.canonical_deployment ? ("active" as const) : ("unknown" as const),
    providerUrl: consoleUrl(account, "pages", "view", name),
    productionUrl: project.subdomain ? `https://${project.subdomain}` : null,
    environment: "production" as const,
    repositoryUrl: repositoryUrl(project.source),
    branch: project.production_branch,
    autoDeploy: project.source?.config?.production_deployments_enabled,
    lastDeployedAt: instantFrom(project.canonical_deployment?.created_on),
    runtime: "pages",
  }
}

function workerRow({ id: name }: z.output<typeof PagesOrWorker>, account: string) {
  if (!name) throw new TypeError("A Worker without a name.")
  return {
    providerResourceId: workerId({ account, script: name }),
    name,
    // Cloudflare lists a script for as long as it is there to run, and tells no more of its state.
    status: "active" as const,
    providerUrl: consoleUrl(account, "workers", "services", "view", name, "production"),
    runtime: "workers",
  }
}

const HOSTS: ReadonlyMap<string, string> = new Map([
  ["github", "https://github.com"],
  ["gitlab", "https://gitlab.com"],
])

function repositoryUrl(source: CloudflarePagesProject["source"]): string | null {
  const host = HOSTS.get(source?.type ?? "")
  const { owner, repo_name: repository } = source?.config ?? {}
  return host && owner && repository ? `${host}/${owner}/${repository}` : null
}
