import { z } from "zod"

/** Text of digits and letters: UUIDs for sites, hexadecimal for the rest. */
const id = () => z.string().regex(/^(?=.*\d)[\w-]+$/, "not an id")
/** Nearly every text may be null; sites of before 2022 have "" instead. */
const text = () => z.string().nullish()
const flag = () => z.boolean().nullish()

export const NetlifyUser = z.looseObject({ id: id(), full_name: text(), email: text() })

/** A team. Its slug stands in paths, its id in others. */
export const NetlifyAccount = z.looseObject({ id: id(), slug: z.string().min(1), name: text() })

export const NetlifySite = z.looseObject({
  id: id(),
  name: text(),
  state: text(),
  disabled: flag(),
  disabled_reason: text(),
  ssl: flag(),
  ssl_url: text(),
  admin_url: text(),
  build_settings: z.looseObject({ repo_url: text(), repo_branch: text(), stop_builds: flag() }).nullish(),
  published_deploy: z.looseObject({ published_at: text(), framework: text() }).nullish(),
})

/** What of a site says which names lead to it. None of it may be missing: a name that is not read would seem to be gone. */
export const NetlifySiteNames = z.looseObject({
  id: id(),
  ssl: z.boolean().nullish(),
  ssl_url: z.string(),
  custom_domain: z.string().nullable(),
  domain_aliases: z.array(z.string()),
})

export const NetlifyDeploy = z.looseObject({
  id: id(),
  state: text(),
  context: text(),
  title: text(),
  branch: text(),
  commit_ref: text(),
  commit_message: text(),
  committer: text(),
  deploy_ssl_url: text(),
  admin_url: text(),
  error_message: text(),
  created_at: text(),
  published_at: text(),
})

/** A deploy that is being made: `required` are the digests of the files that Netlify has not got yet. */
export const NetlifyUpload = z.looseObject({
  id: id(),
  state: text(),
  required: z.array(z.string()).nullish(),
})

export const NetlifyCertificate = z.looseObject({
  state: text(),
  domains: z.array(z.string()).nullish(),
  expires_at: text(),
})

/** A name bought through Netlify, as it stands in its zone. */
const Registration = z.looseObject({
  registered_at: text(),
  expires_at: text(),
  auto_renew: flag(),
})

/** A DNS zone, or a name attached to a site in the same words. */
export const NetlifyDomain = z.looseObject({
  id: z.string().regex(/^(?=.*\d)[\w-]+(\/.+)?$/, "not an id"),
  name: text(),
  site_id: id().nullish(),
  dns_servers: z.array(z.string()).nullish(),
  /** What is wrong with it; empty when nothing is. */
  errors: z.array(z.string()).nullish(),
  /** The name alone, unless it was bought through Netlify. */
  domain: z.union([z.string(), Registration]).nullish(),
  /** Of an attached name only. */
  attachment: z
    .looseObject({ isPrimary: z.boolean(), ssl: flag(), certificate: NetlifyCertificate.nullable() })
    .optional(),
})

export const NetlifyZone = z.looseObject({ id: id(), name: z.string() })

export const NetlifyDnsRecord = z.looseObject({
  id: id(),
  hostname: text(),
  type: text(),
  value: text(),
  ttl: z.int().nullish(),
  priority: z.int().nullish(),
  /** Of SRV records. */
  weight: z.int().nullish(),
  port: z.int().nullish(),
  /** Of CAA records. */
  flag: z.int().nullish(),
  tag: text(),
  errors: z.array(z.unknown()).nullish(),
})

export const NetlifyBuildHook = z.looseObject({ id: id() })

export type NetlifyUser = z.output<typeof NetlifyUser>
export type NetlifyAccount = z.output<typeof NetlifyAccount>
export type NetlifySite = z.output<typeof NetlifySite>
export type NetlifySiteNames = z.output<typeof NetlifySiteNames>
export type NetlifyDeploy = z.output<typeof NetlifyDeploy>
export type NetlifyUpload = z.output<typeof NetlifyUpload>
export type NetlifyCertificate = z.output<typeof NetlifyCertificate>
export type NetlifyDomain = z.output<typeof NetlifyDomain>
export type NetlifyZone = z.output<typeof NetlifyZone>
export type NetlifyDnsRecord = z.output<typeof NetlifyDnsRecord>
