import { instantFrom } from "../../../core/dates.ts"
import { DockError } from "../../../core/errors.ts"
import type { Listing } from "../../../core/page.ts"
import { resource } from "../../../core/resource.ts"
import { statusWords } from "../../../core/status.ts"
import type { NetlifyApi } from "../api/index.ts"
import { NetlifySite } from "../types.ts"
import { addressOf } from "./addresses.ts"
import { accountScopes } from "./scopes.ts"

export const webServices = resource("webServices", NetlifySite, {
  scopes: accountScopes,
  list: (api: NetlifyApi, { data: account }) => listSites(api, account?.slug ?? ""),
  map: (site) => {
    const { build_settings: build, published_deploy: deploy } = site
    return {
      providerResourceId: site.id,
      name: site.name || site.id,
      ...siteStatus(site),
      providerUrl: addressOf(site.admin_url),
      productionUrl: addressOf(site.ssl_url),
      environment: "production" as const,
      framework: deploy?.framework && deploy.framework !== "unknown" ? deploy.framework : null,
      repositoryUrl: addressOf(build?.repo_url),
      branch: build?.repo_branch || null,
      autoDeploy: build?.repo_url && build.stop_builds != null ? !build.stop_builds : null,
      sslEnabled: site.ssl,
      lastDeployedAt: instantFrom(deploy?.published_at),
    }
  },
  // The address of a build hook, and the environment of builds in sites of before 2022.
  redact: ["deploy_hook", "env"],
})

const words = statusWords({ current: "active" })

/** `state` stays `current` when a site is disabled, so it does not tell all where `disabled` is missing. */
function siteStatus({ state, disabled, disabled_reason }: NetlifySite) {
  const told = words(state)
  if (disabled || disabled_reason) return { ...told, status: "suspended" as const }
  return disabled === undefined ? { ...told, status: "unknown" as const } : told
}

/** Sites with their build hooks. Only a site with a repository can have some. */
async function* listSites(api: NetlifyApi, accountSlug: string): Listing {
  for await (const page of api.sites.listSites(accountSlug)) {
    const items: unknown[] = []
    for (const raw of page.items) items.push(await withBuildHooks(api, raw))
    yield { items }
  }
}

const Linked = NetlifySite.pick({ id: true, build_settings: true })

async function withBuildHooks(api: NetlifyApi, raw: unknown): Promise<unknown> {
  const { data: site } = Linked.safeParse(raw)
  if (!site?.build_settings?.repo_url || typeof raw !== "object") return raw
  const hooks: unknown[] = []
  try {
    for await (const page of api.sites.listBuildHooks(site.id)) hooks.push(...page.items)
  } catch (error) {
    // Not everybody who may see a site may see its hooks.
    if (error instanceof DockError && (error.code === "forbidden" || error.code === "not_found")) return raw
    throw error
  }
  return { ...raw, build_hooks: hooks }
}
