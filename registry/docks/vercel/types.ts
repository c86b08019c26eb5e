import { z } from "zod"
import { wireId } from "../../core/wire.ts"

const text = () => z.string().nullish()
const flag = () => z.boolean().nullish()
/** Times are milliseconds since 1970, in some places as text. */
const milliseconds = () => z.union([z.number(), z.string()]).nullish()

export const VercelUser = z.looseObject({
  id: wireId,
  username: text(),
  name: text(),
  defaultTeamId: text(),
  /** `northstar`: this user has no account beside the teams. Documented nowhere; Vercel's own command line goes by it. */
  version: text(),
})

export const VercelTeam = z.looseObject({ id: wireId, slug: text(), name: text() })

/** A deployment as it stands inside a project. */
const target = z.looseObject({
  readyState: text(),
  alias: z.array(z.string()).nullish(),
  createdAt: milliseconds(),
})

/** The linked repository. Each kind of Git host has its own names for the same things. */
export const VercelLink = z.looseObject({
  type: text(),
  productionBranch: text(),
  repoId: z.union([z.number(), z.string()]).nullish(),
  org: text(),
  repo: text(),
  host: text(),
  projectId: z.union([z.number(), z.string()]).nullish(),
  projectUrl: text(),
  uuid: text(),
  workspaceUuid: text(),
  owner: text(),
  slug: text(),
})

export const VercelProject = z.looseObject({
  id: wireId,
  name: text(),
  framework: text(),
  nodeVersion: text(),
  paused: flag(),
  serverlessFunctionRegion: text(),
  resourceConfig: z.looseObject({ functionDefaultRegions: z.array(z.string()).nullish() }).nullish(),
  link: VercelLink.nullish(),
  gitProviderOptions: z.looseObject({ createDeployments: text() }).nullish(),
  targets: z.looseObject({ production: target.nullish() }).nullish(),
  latestDeployments: z.array(z.unknown()).nullish(),
})

/** What one variable is called and where it is used. Its value is left where it came from. */
export const VercelEnvironmentVariable = z.object({
  key: z.string().min(1),
  type: text(),
  target: z.union([z.string(), z.array(z.string())]).nullish(),
  gitBranch: text(),
  customEnvironmentIds: z.array(z.string()).nullish(),
  comment: text(),
})

export const VercelDeployment = z.looseObject({
  /** Called `id` where a deployment comes alone. */
  uid: wireId,
  /** The project's name. */
  name: text(),
  projectId: text(),
  url: text(),
  inspectorUrl: text(),
  /** The same word twice; older answers have one of them. */
  state: text(),
  readyState: text(),
  /** `PROMOTED` and `ROLLING` have seen production traffic. */
  readySubstate: text(),
  /** `null` is a preview. */
  target: text(),
  /** The same time twice; some answers have one of them. */
  createdAt: milliseconds(),
  created: milliseconds(),
  /** Also set on deployments that failed or were canceled. */
  ready: milliseconds(),
  creator: z.looseObject({ username: text() }).nullish(),
  meta: z.looseObject({}).nullish(),
  errorCode: text(),
  errorMessage: text(),
})

export const VercelDomainConfig = z.looseObject({ misconfigured: flag() })

/** A domain of an account, or a name attached to a project. Both are known by their name. */
export const VercelDomain = z.looseObject({
  name: z.string().trim().min(1),
  verified: flag(),
  /** `zeit.world`, the old name of Vercel DNS, or `external`. */
  serviceType: text(),
  nameservers: z.array(z.string()).nullish(),
  boughtAt: milliseconds(),
  expiresAt: milliseconds(),
  renew: flag(),
  redirect: text(),
  /** What proves that the name is the user's, while that is open. */
  verification: z
    .array(z.looseObject({ type: text(), domain: text(), value: text(), reason: text() }))
    .nullish(),
  /** Put beside it by the listing: where the name leads. */
  configuration: VercelDomainConfig.nullish(),
})

export const VercelDnsRecord = z.looseObject({
  id: wireId,
  /** Relative to the zone; empty for the zone itself. */
  name: text(),
  type: text(),
  value: text(),
  ttl: z.int().nonnegative().nullish(),
  mxPriority: z.int().nonnegative().nullish(),
  priority: z.int().nonnegative().nullish(),
  comment: text(),
})

export type VercelUser = z.output<typeof VercelUser>
export type VercelTeam = z.output<typeof VercelTeam>
export type VercelLink = z.output<typeof VercelLink>
export type VercelProject = z.output<typeof VercelProject>
export type VercelEnvironmentVariable = z.output<typeof VercelEnvironmentVariable>
export type VercelDeployment = z.output<typeof VercelDeployment>
export type VercelDomain = z.output<typeof VercelDomain>
export type VercelDomainConfig = z.output<typeof VercelDomainConfig>
export type VercelDnsRecord = z.output<typeof VercelDnsRecord>
