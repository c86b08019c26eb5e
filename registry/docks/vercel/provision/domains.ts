import { z } from "zod"
import { DockError } from "../../../core/errors.ts"
import { ifTold } from "../../../core/if-told.ts"
import { action, type MadeSoFar, type Observation, provision, type Step } from "../../../core/provision.ts"
import { type Owner, readScope } from "../api/accounts.ts"
import type { VercelApi } from "../api/index.ts"
import { unlessGone } from "../gone.ts"
import { withConfiguration } from "../sync/domains.ts"
import { accountScope, projectScope } from "../sync/scopes.ts"
import type { VercelDomain } from "../types.ts"
import { domainName, keptOwner, madeId, missing, ownerOf, project, team } from "./fields.ts"

const DomainInput = z.strictObject({ team, name: domainName("A domain registered elsewhere") })

export const domain = provision({
  table: "domains",
  title: "Domain of the account, with its DNS zone",
  input: DomainInput,
  appliesTo: ({ scope }) => readScope(scope).project === undefined,
  steps: [
    {
      name: "domain",
      find: async (api: VercelApi, input) => {
        const found = await unlessGone(api.domains.getDomain(ownerOf(input), input.name))
        return found ? { id: found.name, data: ownerOf(input) } : null
      },
      create: async (api, input) => {
        const { name } = await api.domains.addDomain(ownerOf(input), input.name)
        return { id: name, data: ownerOf(input) }
      },
      undo: async (api, made) => {
        await unlessGone(api.domains.deleteDomain(keptOwner(made), made.id))
      },
    },
  ],
  /** It is there at once. Whether its name servers are Vercel's yet is the row's status. */
  async observe(api, made, input) {
    const found = await unlessGone(api.domains.getDomain(ownerOf(input), madeId(made, "domain")))
    if (!found) return missing("domain")
    const scope = accountScope(await api.accounts.find(ownerOf(input)))
    return { state: "ready", item: await withConfiguration(api, scope.id, found), scope }
  },
  async destroy(api: VercelApi, { scope, providerResourceId }) {
    await unlessGone(api.domains.deleteDomain(readScope(scope).owner, providerResourceId))
  },
})

const AttachmentInput = z
  .strictObject({
    team,
    project,
    name: domainName("The name to attach"),
    gitBranch: z
      .string()
      .min(1)
      .max(250)
      .optional()
      .meta({ title: "Git branch", description: "Shows this branch instead of production" }),
    redirect: domainName("Where it leads instead, a name of the same project").optional(),
    redirectStatusCode: z
      .union([z.literal(301), z.literal(302), z.literal(307), z.literal(308)])
      .optional()
      .meta({ title: "Status of the redirect" }),
  })
  .refine(({ gitBranch, redirect }) => gitBranch === undefined || redirect === undefined, {
    message: "cannot go with a redirect",
    path: ["gitBranch"],
  })
  .refine(({ redirect, redirectStatusCode }) => redirect !== undefined || redirectStatusCode === undefined, {
    message: "goes with a redirect",
    path: ["redirectStatusCode"],
  })
type AttachmentInput = z.output<typeof AttachmentInput>

export const projectDomain = provision({
  table: "domains",
  title: "Domain of a project",
  input: AttachmentInput,
  appliesTo: ({ scope }) => readScope(scope).project !== undefined,
  steps: [
    attachingStep((input: AttachmentInput) => {
      const { team: _, project, ...domain } = input
      return { owner: ownerOf(input), project, domain }
    }),
  ],
  async observe(api, made, input) {
    const owner = ownerOf(input)
    const found = await unlessGone(
      api.projects.getProjectDomain(owner, input.project, madeId(made, "domain")),
    )
    if (!found) return missing("domain of the project")
    const isOpen = found.verified === false ? await whatIsOpen(api, owner, input.project, found) : undefined
    if (isOpen) return isOpen
    const account = await api.accounts.find(owner)
    const { id } = await api.projects.getProject(owner, input.project)
    const scope = projectScope(account, id)
    return {
      state: "ready",
      item: await withConfiguration(api, scope.id, { ...found, verified: true }),
      scope,
    }
  },
  async destroy(api: VercelApi, { scope, name }) {
    const { owner, project = "" } = readScope(scope)
    await unlessGone(api.projects.removeProjectDomain(owner, project, name))
  },
})

interface Attachment {
  readonly owner: Owner
  readonly project: string
  readonly domain: { readonly name: string }
}

/** Attaches a name to a project, which an earlier step may have made. */
export function attachingStep<Input>(
  read: (input: Input, made: MadeSoFar) => Attachment | undefined,
): Step<VercelApi, Input> {
  const needed = (input: Input, made: MadeSoFar): Attachment => {
    const attachment = read(input, made)
    if (!attachment) throw new TypeError("This step does not apply.")
    return attachment
  }
  return {
    name: "domain",
    applies: (input) => read(input, {}) !== undefined,
    async find(api, input, { made }) {
      const { owner, project, domain } = needed(input, made)
      const found = await unlessGone(api.projects.getProjectDomain(owner, project, domain.name))
      return found ? { id: found.name, data: { ...owner, project } } : null
    },
    async create(api, input, { made }) {
      const { owner, project, domain } = needed(input, made)
      const { name } = await api.projects.addProjectDomain(owner, project, domain)
      return { id: name, data: { ...owner, project } }
    },
    async undo(api, made) {
      const { project } = KeptProject.parse(made.data)
      await unlessGone(api.projects.removeProjectDomain(keptOwner(made), project, made.id))
    },
  }
}

const KeptProject = z.object({ project: z.string() })

/** Has Vercel look again for the proof that the name is the user's. As long as it is not there, says what is missing. */
async function whatIsOpen(
  api: VercelApi,
  owner: Owner,
  project: string,
  { name, verification }: VercelDomain,
): Promise<Observation | undefined> {
  const wanted = verification?.[0]
  const progress = wanted
    ? `Set a ${wanted.type} record at ${wanted.domain} to ${wanted.value}`
    : "Vercel has not verified the domain yet"
  try {
    const { verified } = await api.projects.verifyProjectDomain(owner, project, name)
    return verified ? undefined : { state: "pending", progress }
  } catch (error) {
    if (!(error instanceof DockError) || error.code !== "invalid_request") throw error
    if (error.providerCode !== undefined && NOT_YET.has(error.providerCode))
      return { state: "pending", progress }
    return { state: "failed", code: error.providerCode ?? error.code, message: error.message }
  }
}

/** The record is not there, or still an old one. */
const NOT_YET = new Set(["missing_txt_record", "pending_domain_verification", "invalid_txt_record"])

export const domainActions = {
  verify: action({
    table: "domains",
    title: "Have Vercel look for the proof that a project's domain is yours",
    input: z.strictObject({}),
    appliesTo: ({ scope }) => readScope(scope).project !== undefined,
    async run(api: VercelApi, { scope, name }) {
      const { owner, project = "" } = readScope(scope)
      const verified = await api.projects.verifyProjectDomain(owner, project, name)
      const item = (await ifTold(withConfiguration(api, scope, verified))) ?? verified
      return { message: "Verified.", item, scope: { id: scope } }
    },
  }),
}
