import { instantFrom } from "../../../core/dates.ts"
import { resource } from "../../../core/resource.ts"
import { statusWords } from "../../../core/status.ts"
import type { NetlifyApi } from "../api/index.ts"
import { NetlifyDeploy } from "../types.ts"
import { addressOf } from "./addresses.ts"
import { siteScopes } from "./scopes.ts"

/** https://open-api.netlify.com/#tag/deploy/operation/listSiteDeploys lists the words. A canceled build is `error` too. */
const status = statusWords({
  new: "queued",
  pending_review: "queued",
  accepted: "queued",
  enqueued: "queued",
  building: "building",
  uploading: "building",
  uploaded: "building",
  preparing: "building",
  prepared: "building",
  processing: "building",
  processed: "building",
  retrying: "building",
  ready: "ready",
  error: "failed",
  rejected: "failed",
})

const ENVIRONMENTS = new Map<unknown, "production" | "preview" | "development">([
  ["production", "production"],
  ["deploy-preview", "preview"],
  ["branch-deploy", "preview"],
  ["dev", "development"],
])

/** Deploys are listed site by site, so each site is a scope: one that cannot be read leaves the others alone. */
export const deployments = resource("deployments", NetlifyDeploy, {
  scopes: siteScopes,
  list: (api: NetlifyApi, { data }) => api.deploys.listDeploys(data?.siteId ?? ""),
  map: (deploy, { data }) => ({
    providerResourceId: deploy.id,
    name: deploy.title || deploy.id,
    ...status(deploy.state),
    providerUrl: pageOf(deploy),
    webServiceProviderId: data?.siteId,
    environment: ENVIRONMENTS.get(deploy.context),
    url: addressOf(deploy.deploy_ssl_url),
    branch: deploy.branch || null,
    commitSha: deploy.commit_ref || null,
    commitMessage: deploy.commit_message || null,
    creator: deploy.committer || null,
    startedAt: instantFrom(deploy.created_at),
    finishedAt: instantFrom(deploy.published_at),
    errorMessage: deploy.error_message || null,
  }),
})

/** `admin_url` is the site's page. */
function pageOf({ admin_url, id }: NetlifyDeploy): string | null {
  const site = addressOf(admin_url)
  return site && `${site}/deploys/${id}`
}
