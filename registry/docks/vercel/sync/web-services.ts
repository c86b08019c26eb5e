import { instantFromMilliseconds } from "../../../core/dates.ts"
import { DockError } from "../../../core/errors.ts"
import { hostname } from "../../../core/hostname.ts"
import type { Listing } from "../../../core/page.ts"
import { resource } from "../../../core/resource.ts"
import { statusWords } from "../../../core/status.ts"
import { type Owner, readScope } from "../api/accounts.ts"
import type { VercelApi } from "../api/index.ts"
import { VercelEnvironmentVariable, type VercelLink, VercelProject } from "../types.ts"
import { accountScopes } from "./scopes.ts"

export const webServices = resource("webServices", VercelProject, {
  scopes: accountScopes,
  list: (api, { id }) => listProjects(api, readScope(id).owner),
  map: (project, { data: account }) => {
    const production = project.targets?.production
    const regions = project.resourceConfig?.functionDefaultRegions
    // Also told of a project that has no repository.
    const deploys = project.link ? project.gitProviderOptions?.createDeployments : null
    return {
      providerResourceId: project.id,
      name: project.name || project.id,
      ...projectStatus(project),
      providerUrl:
        account?.slug && project.name ? `https://vercel.com/${account.slug}/${project.name}` : null,
      productionUrl: productionUrl(production?.alias),
      region: regions?.join(", ") || project.serverlessFunctionRegion,
      framework: project.framework,
      runtime: project.nodeVersion ? `node ${project.nodeVersion}` : null,
      repositoryUrl: project.link ? repositoryUrl(project.link) : null,
      branch: project.link?.productionBranch,
      autoDeploy: deploys === "enabled" ? true : deploys === "disabled" ? false : null,
      lastDeployedAt: instantFromMilliseconds(production?.createdAt),
    }
  },
  // The address of a deploy hook deploys; the keys of a protection bypass are its secrets.
  redact: ["deployHooks", "protectionBypass"],
})

const servingStatus = statusWords({
  READY: "active",
  QUEUED: "deploying",
  INITIALIZING: "deploying",
  BUILDING: "deploying",
  ERROR: "error",
})

/** A project has no status word: it is as its production deployment is, unless it was paused. */
function projectStatus({ paused, targets }: VercelProject) {
  return paused
    ? { status: "suspended" as const, providerStatus: "paused" }
    : servingStatus(targets?.production?.readyState)
}

/** The user's own name rather than Vercel's. */
function productionUrl(aliases: readonly string[] | null | undefined): string | null {
  const alias = aliases?.find((name) => !name.endsWith(".vercel.app")) ?? aliases?.[0]
  const host = hostname(alias)
  return host && `https://${host.name}`
}

function repositoryUrl(link: VercelLink): string | null {
  switch (link.type) {
    case "github":
    case "github-limited":
      return link.org && link.repo ? `https://github.com/${link.org}/${link.repo}` : null
    case "github-custom-host":
      return link.host && link.org && link.repo ? `https://${link.host}/${link.org}/${link.repo}` : null
    case "gitlab":
      return link.projectUrl && URL.canParse(link.projectUrl) ? link.projectUrl : null
    case "bitbucket":
      return link.owner && link.slug ? `https://bitbucket.org/${link.owner}/${link.slug}` : null
    default:
      return null
  }
}

async function* listProjects(api: VercelApi, owner: Owner): Listing {
  for await (const page of api.projects.listProjects(owner)) {
    const items: unknown[] = []
    for (const project of page.items) items.push(await withVariableNames(api, owner, project))
    yield { items }
  }
}

const Identified = VercelProject.pick({ id: true })

/**
 * A project with the names of its environment variables, and without any value. Reading them needs a permission of its
 * own; a token without it still reads the project.
 */
export async function withVariableNames(api: VercelApi, owner: Owner, raw: unknown): Promise<unknown> {
  const { data: project } = Identified.safeParse(raw)
  if (!project) return raw
  try {
    const env: unknown[] = []
    for await (const page of api.projects.listEnvironmentVariables(owner, project.id)) {
      for (const variable of page.items) env.push(VercelEnvironmentVariable.safeParse(variable).data)
    }
    return { ...project, env: env.filter((variable) => variable !== undefined) }
  } catch (error) {
    if (error instanceof DockError && MAY_FAIL.has(error.code)) return { ...project, env: undefined }
    throw error
  }
}

const MAY_FAIL = new Set(["forbidden", "not_found", "incomplete_listing"])
