import { z } from "zod"
import { DockError } from "../../../core/errors.ts"
import { type Made, provision } from "../../../core/provision.ts"
import { readScope } from "../api/accounts.ts"
import type { VercelApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
import { accountScope } from "../sync/scopes.ts"
import { withVariableNames } from "../sync/web-services.ts"
import { attachingStep } from "./domains.ts"
import { domainName, keptOwner, madeId, missing, ownerOf, team } from "./fields.ts"

const command = (title: string) => z.string().min(1).max(256).optional().meta({ title })

const Input = z.strictObject({
  team,
  name: z
    .string()
    .regex(
      /^(?!.*---)[a-z\d._-]{1,100}$/,
      "must be up to 100 lower-case letters, digits, dots, hyphens and underscores, without three hyphens in a row",
    )
    .meta({ title: "Name" }),
  framework: z.string().min(1).optional().meta({ title: "Framework", description: "nextjs, for one" }),
  buildCommand: command("Build command"),
  installCommand: command("Install command"),
  outputDirectory: command("Output directory"),
  rootDirectory: command("Root directory"),
  repository: z
    .strictObject({
      type: z.enum(["github", "gitlab", "bitbucket"]).meta({ title: "Git host" }),
      repo: z
        .string()
        .regex(/^[^/\s]+(\/[^/\s]+)+$/, "must be owner/name")
        .meta({ title: "Repository", description: "As owner/name. Pushes to it deploy from then on" }),
    })
    .optional(),
  isProtected: z.boolean().default(true).meta({
    title: "Protected",
    description:
      "Whether deployments ask visitors to sign in to Vercel, except under the project's own domains",
  }),
  domain: domainName("A name for it, beside the one that Vercel gives").optional(),
})
type Input = z.output<typeof Input>

export const webService = provision({
  table: "webServices",
  title: "Project",
  input: Input,
  steps: [
    {
      name: "project",
      find: findProject,
      create: async (api: VercelApi, input) => {
        const { team, repository, isProtected, domain, ...settings } = input
        const owner = ownerOf(input)
        const { id } = await api.projects.createProject(owner, {
          ...settings,
          ...(repository ? { gitRepository: repository } : {}),
          ...(isProtected ? {} : { ssoProtection: null }),
        })
        return { id, data: owner }
      },
      undo: async (api, made) => {
        await unlessGone(api.projects.deleteProject(keptOwner(made), made.id))
      },
    },
    attachingStep((input: Input, made) => {
      const { domain } = input
      if (domain === undefined) return undefined
      return { owner: ownerOf(input), project: madeId(made, "project"), domain: { name: domain } }
    }),
  ],
  async observe(api, made, input) {
    const project = await unlessGone(api.projects.getProject(ownerOf(input), madeId(made, "project")))
    if (!project) return missing("project")
    const account = await api.accounts.find(ownerOf(input))
    return {
      state: "ready",
      item: await withVariableNames(api, account.owner, project),
      scope: accountScope(account),
    }
  },
  async destroy(api: VercelApi, { scope, providerResourceId }) {
    await unlessGone(api.projects.deleteProject(readScope(scope).owner, providerResourceId))
  },
})

/**
 * A project's name is unique within its account. One that already has deployments was there before: an interrupted try
 * leaves an empty project, and only that may be taken, or removed again, as ours.
 */
async function findProject(api: VercelApi, input: Input): Promise<Made | null> {
  const owner = ownerOf(input)
  const found = await unlessGone(api.projects.getProject(owner, input.name))
  if (!found) return null
  if (!found.targets?.production && !found.latestDeployments?.length) return { id: found.id, data: owner }
  throw new DockError({
    code: "conflict",
    provider: "vercel",
    message: `vercel: there is a project named ${input.name} that already has deployments`,
    suggestion: "Choose another name.",
  })
}
