import { instantFromMilliseconds } from "../../../core/dates.ts"
import { hostname } from "../../../core/hostname.ts"
import { resource } from "../../../core/resource.ts"
import { statusWords } from "../../../core/status.ts"
import { readScope } from "../api/accounts.ts"
import { VercelDeployment } from "../types.ts"
import { accountScopes } from "./scopes.ts"

const status = statusWords({
  QUEUED: "queued",
  INITIALIZING: "building",
  BUILDING: "building",
  READY: "ready",
  ERROR: "failed",
  CANCELED: "canceled",
})

export const deployments = resource("deployments", VercelDeployment, {
  scopes: accountScopes,
  list: (api, { id }) => api.deployments.listDeployments(readScope(id).owner),
  map: (deployment) => {
    // Null while its files are still on their way.
    const host = hostname(deployment.url)
    return {
      providerResourceId: deployment.uid,
      name: host?.name ?? deployment.uid,
      ...status(deployment.state ?? deployment.readyState),
      providerUrl: deployment.inspectorUrl,
      webServiceProviderId: deployment.projectId,
      environment: environmentOf(deployment),
      url: host && `https://${host.name}`,
      branch: gitMeta(deployment, "CommitRef"),
      commitSha: gitMeta(deployment, "CommitSha"),
      commitMessage: gitMeta(deployment, "CommitMessage"),
      creator: deployment.creator?.username,
      startedAt: instantFromMilliseconds(deployment.createdAt ?? deployment.created),
      finishedAt: instantFromMilliseconds(deployment.ready),
      errorMessage: deployment.errorMessage,
    }
  },
})

/** A null target is a preview, unless the deployment says that it has had production traffic. */
function environmentOf({ target, readySubstate }: VercelDeployment) {
  if (target === "production" || target === "staging" || target === "preview") return target
  return target === null && readySubstate !== "PROMOTED" && readySubstate !== "ROLLING" ? "preview" : null
}

const GIT_HOSTS = ["github", "gitlab", "bitbucket"]

/** `githubCommitSha`, `gitlabCommitSha`, `bitbucketCommitSha`: the metadata of a deployment names the Git host. */
function gitMeta({ meta }: VercelDeployment, what: string): string | null {
  for (const host of GIT_HOSTS) {
    const value = meta?.[`${host}${what}`]
    if (typeof value === "string" && value !== "") return value
  }
  return null
}
