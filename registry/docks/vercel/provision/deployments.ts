import { z } from "zod"
import { action, type Made, provision } from "../../../core/provision.ts"
import { readScope } from "../api/accounts.ts"
import type { VercelFile } from "../api/deployments.ts"
import type { VercelApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
import { accountScope } from "../sync/scopes.ts"
import { keptOwner, madeId, missing, ownerOf, project, team } from "./fields.ts"

const target = z.enum(["preview", "production"]).default("preview").meta({
  title: "Target",
  description: "A production deployment takes over the project's domains when it is ready",
})

const FromGit = z
  .strictObject({
    team,
    project,
    target,
    gitHost: z.enum(["github", "gitlab", "bitbucket"]).default("github").meta({ title: "Git host" }),
    repository: z
      .string()
      .regex(/^(\d+|[^/\s]+\/[^/\s]+)$/, "must be owner/name, or the project's number at GitLab")
      .meta({ title: "Repository", description: "owner/name; at GitLab, the number of the project" }),
    ref: z.string().min(1).max(250).meta({ title: "Git reference", description: "A branch or a tag" }),
    sha: z
      .string()
      .regex(/^[\da-f]{40}$/, "must be a whole commit hash")
      .optional()
      .meta({ title: "Commit" }),
  })
  .refine(({ gitHost, repository }) => (gitHost === "gitlab") === /^\d+$/.test(repository), {
    message: "must be owner/name, or the project's number at GitLab",
    path: ["repository"],
  })

const File = z.strictObject({
  path: z
    .string()
    .regex(/^(?!\/)(?!(.*\/)?\.\.?(\/|$))[^\\]{1,1024}$/, "must be a path below the project's root"),
  content: z.string(),
  encoding: z.enum(["utf-8", "base64"]).default("utf-8"),
})

const FromFiles = z.strictObject({
  team,
  project,
  target,
  files: z.array(File).min(1).meta({
    title: "Files",
    description: "Each with its path, its content and, where it is not text, base64 as its encoding",
  }),
})

const Input = z.union([FromGit, FromFiles])
type Input = z.output<typeof Input>

export const deployment = provision({
  table: "deployments",
  title: "Deployment, from files or a Git reference",
  input: Input,
  steps: [
    {
      name: "deployment",
      find: findDeployment,
      async create(api: VercelApi, input, { idempotencyKey }) {
        const owner = ownerOf(input)
        const wanted = {
          name: input.project,
          project: input.project,
          // A preview is what has no target.
          ...(input.target === "production" ? { target: "production" } : {}),
          meta: { [KEY]: idempotencyKey },
        }
        const { uid } =
          "files" in input
            ? await api.deployments.createDeploymentFromFiles(owner, wanted, await digested(input.files))
            : await api.deployments.createDeployment(owner, { ...wanted, gitSource: gitSource(input) })
        return { id: uid, data: owner }
      },
      undo: async (api, made) => {
        await unlessGone(api.deployments.deleteDeployment(keptOwner(made), made.id))
      },
    },
  ],
  async observe(api, made, input) {
    const item = await unlessGone(api.deployments.getDeployment(ownerOf(input), madeId(made, "deployment")))
    if (!item) return missing("deployment")
    const state = item.readyState ?? item.state ?? undefined
    if (state !== "READY" && state !== "ERROR" && state !== "CANCELED") {
      return { state: "pending", ...(state ? { progress: state.toLowerCase() } : {}) }
    }
    const scope = accountScope(await api.accounts.find(ownerOf(input)))
    if (state === "READY") return { state: "ready", item, scope }
    return {
      state: "failed",
      code: item.errorCode ?? state.toLowerCase(),
      message: item.errorMessage ?? `The deployment ended as ${state}.`,
      item,
      scope,
    }
  },
  async destroy(api: VercelApi, { scope, providerResourceId }) {
    await unlessGone(api.deployments.deleteDeployment(readScope(scope).owner, providerResourceId))
  },
})

/** Under this name, the metadata of a deployment says which intent it came from. */
const KEY = "stackdock"
const Listed = z.looseObject({ uid: z.string(), meta: z.looseObject({ [KEY]: z.string() }) })

async function findDeployment(
  api: VercelApi,
  input: Input,
  { idempotencyKey }: { readonly idempotencyKey: string },
): Promise<Made | null> {
  const owner = ownerOf(input)
  for await (const page of api.deployments.listDeployments(owner, input.project)) {
    for (const raw of page.items) {
      const { data: listed } = Listed.safeParse(raw)
      if (listed?.meta[KEY] === idempotencyKey) return { id: listed.uid, data: owner }
    }
  }
  return null
}

/** https://vercel.com/docs/rest-api/deployments/create-a-new-deployment */
function gitSource({ gitHost, repository, ref, sha }: z.output<typeof FromGit>) {
  const [owner, name] = repository.split("/")
  const rest = { ref, ...(sha ? { sha } : {}) }
  if (gitHost === "gitlab") return { type: gitHost, projectId: repository, ...rest }
  return gitHost === "bitbucket"
    ? { type: gitHost, owner, slug: name, ...rest }
    : { type: gitHost, org: owner, repo: name, ...rest }
}

async function digested(files: z.output<typeof FromFiles>["files"]): Promise<VercelFile[]> {
  return await Promise.all(
    files.map(async ({ path, content, encoding }) => {
      const bytes =
        encoding === "base64"
          ? Uint8Array.from(atob(content), (char) => char.charCodeAt(0))
          : new TextEncoder().encode(content)
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", bytes))
      const sha = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")
      return { file: path, sha, bytes }
    }),
  )
}

export const deploymentActions = {
  promote: action({
    table: "deployments",
    title: "Make it the production deployment, as it was built",
    input: z.strictObject({}),
    isDisruptive: true,
    async run(api: VercelApi, { scope, providerResourceId, webServiceProviderId }) {
      await api.projects.promote(readScope(scope).owner, webServiceProviderId ?? "", providerResourceId)
      return { message: "The production domains are being pointed at this deployment." }
    },
  }),
  cancel: action({
    table: "deployments",
    title: "Cancel a build",
    input: z.strictObject({}),
    isDisruptive: true,
    appliesTo: ({ status }) => status === "queued" || status === "building",
    async run(api: VercelApi, { scope, providerResourceId }) {
      const item = await api.deployments.cancelDeployment(readScope(scope).owner, providerResourceId)
      return { message: "Canceled.", item, scope: { id: scope } }
    },
  }),
}
