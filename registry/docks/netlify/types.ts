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

/** A site as those need it who change it. */
export const NetlifyFullSite = NetlifySiteNames.extend({
  name: z.string(),
  state: text(),
  account_id: id(),
  account_slug: z.string().min(1),
  account_name: text(),
  published_deploy: z.looseObject({}).nullish(),
  build_settings: z.looseObject({ repo_url: text() }).nullish(),
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

/** A deploy as those need it who make it. */
export const NetlifyFullDeploy = z.looseObject({
  id: id(),
  site_id: id(),
  name: text(),
  state: z.string(),
  title: text(),
  error_message: text(),
  required: z.array(z.string()).nullish(),
})

export const NetlifyBuild = z.looseObject({ id: id(), deploy_id: id().nullish() })

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

export const NetlifyFullZone = NetlifyZone.extend({
  account_id: id(),
  account_slug: z.string().min(1),
  account_name: text(),
})

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

/** A record as those need it who change it: all there is, so that it can be made again. */
export const NetlifyFullRecord = NetlifyDnsRecord.extend({
  hostname: z.string(),
  type: z.string(),
  value: z.string(),
})

export type NetlifyUser = z.output<typeof NetlifyUser>
export type NetlifyAccount = z.output<typeof NetlifyAccount>
export type NetlifySite = z.output<typeof NetlifySite>
export type NetlifySiteNames = z.output<typeof NetlifySiteNames>
export type NetlifyFullSite = z.output<typeof NetlifyFullSite>
export type NetlifyDeploy = z.output<typeof NetlifyDeploy>
export type NetlifyFullDeploy = z.output<typeof NetlifyFullDeploy>
export type NetlifyBuild = z.output<typeof NetlifyBuild>
export type NetlifyCertificate = z.output<typeof NetlifyCertificate>
export type NetlifyDomain = z.output<typeof NetlifyDomain>
export type NetlifyZone = z.output<typeof NetlifyZone>
export type NetlifyDnsRecord = z.output<typeof NetlifyDnsRecord>
export type NetlifyFullZone = z.output<typeof NetlifyFullZone>
export type NetlifyFullRecord = z.output<typeof NetlifyFullRecord>
