import { z } from "zod"
import { action, type Made, type MadeSoFar, type Observation, provision } from "../../../core/provision.ts"
import type { Scope } from "../../../core/resource.ts"
import type { CloudflareApi } from "../api/index.ts"
import type { PagesProjectKey } from "../api/pages.ts"
import { deploymentOf, isOf, projectId, projectOf } from "../keys.ts"
import { deploymentStatus } from "../sync/deployments.ts"
import type { ServiceScope } from "../sync/web-services.ts"
import type { CloudflarePagesDeployment } from "../types.ts"
import { accountId, gone, kept } from "./fields.ts"

export const projectName = z
  .string()
  .regex(/^[a-z\d](?:[a-z\d-]{0,56}[a-z\d])?$/, "must be up to 58 lower-case letters, digits and hyphens")
const branch = z.string().min(1)
const optional = (title: string, description: string) =>
  z.string().min(1).optional().meta({ title, description })

const build = {
  buildCommand: optional("Build command", "npm run build, for one"),
  outputDirectory: optional("Output directory", "What the build leaves: dist, for one"),
  rootDirectory: optional("Root directory", "Where the build begins"),
}

const ProjectInput = z
  .strictObject({
    accountId,
    name: projectName.meta({ title: "Name", description: "It answers at name.pages.dev" }),
    productionBranch: branch.default("main").meta({ title: "Production branch" }),
    repositoryHost: z.enum(["github", "gitlab"]).optional().meta({
      title: "Repository's host",
      description: "Cloudflare's app has to be installed there. Without a repository, files are uploaded",
    }),
    repositoryOwner: optional("Repository's owner", "A user or an organisation"),
    repositoryName: optional("Repository's name", "Without its owner"),
    ...build,
  })
  .refine(
    ({ repositoryHost, repositoryOwner, repositoryName }) =>
      new Set([repositoryHost, repositoryOwner, repositoryName].map((part) => part === undefined)).size === 1,
    { message: "goes with repositoryOwner and repositoryName", path: ["repositoryHost"] },
  )

export const pagesProject = provision({
  table: "webServices",
  title: "Pages project",
  input: ProjectInput,
  appliesTo: isOf("pages"),
  steps: [
    {
      name: "project",
      async find(api: CloudflareApi, { accountId: account, name }) {
        const found = await api.pages.getProject({ account, project: name })
        return found ? { id: found.name, data: { account } } : null
      },
      async create(api: CloudflareApi, { accountId: account, ...input }) {
        const { repositoryHost: type, repositoryOwner: owner, repositoryName: repo_name } = input
        const { name } = await api.pages.createProject(account, {
          name: input.name,
          production_branch: input.productionBranch,
          build_config: {
            build_command: input.buildCommand ?? "",
            destination_dir: input.outputDirectory ?? "",
            root_dir: input.rootDirectory ?? "",
          },
          ...(type && owner && repo_name
            ? { source: { type, config: { owner, repo_name, production_branch: input.productionBranch } } }
            : {}),
        })
        return { id: name, data: { account } }
      },
      undo: (api: CloudflareApi, made) =>
        api.pages.deleteProject({ account: kept(made).account, project: made.id }),
    },
  ],
  async observe(api: CloudflareApi, made) {
    const { id: project, account } = kept(made["project"])
    const item = await api.pages.getProject({ account, project })
    return item ? { state: "ready", item, scope: projectScope(account) } : gone("project")
  },
  destroy: (api: CloudflareApi, { providerResourceId }) =>
    api.pages.deleteProject(projectOf(providerResourceId)),
})

const DeploymentInput = z.strictObject({
  accountId,
  project: projectName.meta({ title: "Project", description: "One that has a repository" }),
  branch: branch.meta({
    title: "Branch",
    description: "Its head is built: the production branch for production, any other for a preview",
  }),
})

export const pagesDeployment = provision({
  table: "deployments",
  title: "Pages deployment",
  input: DeploymentInput,
  steps: [
    {
      // No `find`: a deployment has no name, and nothing can be put on it that would tell it from a push at the same time.
      name: "deployment",
      async create(api: CloudflareApi, { accountId: account, project, branch }) {
        const { id } = await api.pages.createDeployment({ account, project }, branch)
        return { id: `${projectId({ account, project })}/${id}` }
      },
      undo: undoDeployment,
    },
  ],
  observe: observeDeployment,
  destroy: destroyDeployment,
})

export function undoDeployment(api: CloudflareApi, { id }: Made): Promise<void> {
  const { key, deployment } = deploymentOf(id)
  return api.pages.deleteDeployment(key, deployment)
}

export async function observeDeployment(api: CloudflareApi, made: MadeSoFar): Promise<Observation> {
  const { key, deployment } = deploymentOf(kept(made["deployment"]).id)
  const item = await api.pages.getDeployment(key, deployment)
  if (!item) return gone("deployment")
  const { name: stage = "unknown", status = "unknown" } = item.latest_stage ?? {}
  switch (deploymentStatus(item)) {
    case "ready":
      return { state: "ready", item, scope: deploymentScope(key) }
    case "failed":
    case "canceled":
      return {
        state: "failed",
        code: `${stage}_${status}`,
        message: `The deployment's stage "${stage}" ended in: ${status}.`,
        item,
        scope: deploymentScope(key),
      }
    default:
      return { state: "pending", progress: `${stage}: ${status}` }
  }
}

export function destroyDeployment(
  api: CloudflareApi,
  { providerResourceId }: { readonly providerResourceId: string },
): Promise<void> {
  const { key, deployment } = deploymentOf(providerResourceId)
  return api.pages.deleteDeployment(key, deployment)
}

/** An action that makes a deployment. */
function deploying(message: string, key: PagesProjectKey, item: CloudflarePagesDeployment) {
  const scope = deploymentScope(key)
  return { message, madeProviderResourceId: `${scope.id}/${item.id}` }
}

const redeploy = action({
  table: "webServices",
  title: "Build and deploy it again",
  input: z.strictObject({
    branch: branch.optional().meta({ title: "Branch", description: "Left out, the production branch" }),
  }),
  appliesTo: isOf("pages"),
  async run(api: CloudflareApi, row, { branch = row.branch ?? "main" }) {
    const key = projectOf(row.providerResourceId)
    return deploying(
      `The head of ${branch} is being deployed.`,
      key,
      await api.pages.createDeployment(key, branch),
    )
  },
})

const configure = action({
  table: "webServices",
  title: "Change the project's settings",
  input: z
    .strictObject({ productionBranch: branch.optional().meta({ title: "Production branch" }), ...build })
    .refine(
      (input) => Object.values(input).some((value) => value !== undefined),
      "needs something to change",
    ),
  appliesTo: isOf("pages"),
  async run(api: CloudflareApi, { providerResourceId }, input) {
    const key = projectOf(providerResourceId)
    const build_config = {
      ...(input.buildCommand === undefined ? {} : { build_command: input.buildCommand }),
      ...(input.outputDirectory === undefined ? {} : { destination_dir: input.outputDirectory }),
      ...(input.rootDirectory === undefined ? {} : { root_dir: input.rootDirectory }),
    }
    const item = await api.pages.changeProject(key, {
      ...(input.productionBranch === undefined ? {} : { production_branch: input.productionBranch }),
      ...(Object.keys(build_config).length > 0 ? { build_config } : {}),
    })
    return {
      message: "The settings count from the next deployment on.",
      item,
      scope: projectScope(key.account),
    }
  },
})

const rollback = action({
  table: "webServices",
  title: "Roll production back to an earlier deployment",
  input: z.strictObject({
    deploymentId: z.string().min(1).meta({ title: "Deployment", description: "Its id at Cloudflare" }),
  }),
  isDisruptive: true,
  appliesTo: isOf("pages"),
  async run(api: CloudflareApi, { providerResourceId }, { deploymentId }) {
    const key = projectOf(providerResourceId)
    return deploying("The project goes back to it.", key, await api.pages.rollBack(key, deploymentId))
  },
})

const retry = action({
  table: "deployments",
  title: "Build and deploy the same commit again",
  input: z.strictObject({}),
  async run(api: CloudflareApi, { providerResourceId }) {
    const { key, deployment } = deploymentOf(providerResourceId)
    return deploying("It is being deployed again.", key, await api.pages.retryDeployment(key, deployment))
  },
})

export const pagesActions = { redeploy, rollback, configure }
export const deploymentActions = { retry }

function projectScope(account: string): Scope<ServiceScope> {
  return { id: `pages/${account}`, data: { kind: "pages", account } }
}

function deploymentScope(key: PagesProjectKey): Scope<PagesProjectKey> {
  return { id: projectId(key), data: key }
}
