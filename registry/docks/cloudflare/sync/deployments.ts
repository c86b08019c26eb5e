import { instantFrom } from "../../../core/dates.ts"
import { resource } from "../../../core/resource.ts"
import type { CloudflareApi } from "../api/index.ts"
import type { PagesProjectKey } from "../api/pages.ts"
import { projectId } from "../keys.ts"
import { CloudflarePagesDeployment } from "../types.ts"
import { consoleUrl } from "./console.ts"
import { perProject } from "./places.ts"

/** Deployments are listed project by project. */
export const deployments = resource("deployments", CloudflarePagesDeployment, {
  scopes: (api: CloudflareApi) =>
    perProject<PagesProjectKey>(api, (key) => ({ id: projectId(key), name: key.project, data: key })),
  list: (api, { data }) => api.pages.listDeployments(data ?? { account: "", project: "" }),
  map: (deployment, { data: key }) => {
    const status = deploymentStatus(deployment)
    const stage = deployment.latest_stage
    const providerResourceId = `${key && projectId(key)}/${deployment.id}`
    const commit = deployment.deployment_trigger?.metadata
    return {
      providerResourceId,
      name: deployment.short_id || providerResourceId,
      status,
      providerStatus: stage?.name && stage.status ? `${stage.name} ${stage.status}` : null,
      providerUrl: consoleUrl(key?.account, "pages", "view", key?.project, deployment.id),
      webServiceProviderId: key && projectId(key),
      environment: environmentOf(deployment.environment),
      url: deployment.url,
      branch: commit?.branch,
      commitSha: commit?.commit_hash || null,
      commitMessage: commit?.commit_message || null,
      startedAt: instantFrom(deployment.created_on),
      finishedAt: FINAL.has(status) ? instantFrom(stage?.ended_on) : null,
    }
  },
  // The values of variables are not read, only their names.
  redact: ["value"],
})

const STAGES: ReadonlySet<string> = new Set(["queued", "initialize", "clone_repo", "build", "deploy"])
const FINAL: ReadonlySet<string> = new Set(["ready", "failed", "canceled"])

/** The stage that it is in, or came to an end in, and how that one goes. */
export function deploymentStatus({ latest_stage: stage, is_skipped: isSkipped }: CloudflarePagesDeployment) {
  if (!stage?.name || !STAGES.has(stage.name)) return "unknown"
  switch (stage.status) {
    case "failure":
      return "failed"
    case "canceled":
      return "canceled"
    case "skipped":
      return isSkipped ? "canceled" : "unknown"
    case "idle":
    case "active":
      return stage.name === "queued" ? "queued" : "building"
    case "success":
      return stage.name === "deploy" ? "ready" : "building"
    default:
      return "unknown"
  }
}

function environmentOf(word: unknown) {
  return word === "production" || word === "preview" ? word : null
}
