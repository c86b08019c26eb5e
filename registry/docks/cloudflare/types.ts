import { z } from "zod"
import { wireId } from "../../core/wire.ts"

const text = z.string().nullish()
const texts = z.array(z.string()).nullish()
const number = z.number().nullish()
const flag = z.boolean().nullish()
const id = wireId.nullish()
/** A name that is part of an address, and so of an id of ours. */
const segment = z.string().trim().min(1).max(255)

export const CloudflareAccount = z.looseObject({ id: wireId, name: text })

export const CloudflareZone = z.looseObject({
  id: wireId,
  name: text,
  /** `initializing`, `pending`, `active`, `moved`, `deactivated`. */
  status: text,
  /** `full`, `partial` (DNS elsewhere), `secondary`, `internal`. */
  type: text,
  name_servers: texts,
  account: z.looseObject({ id }).nullish(),
})

/** A domain at Cloudflare's registrar. It has no id. */
export const CloudflareRegistration = z.looseObject({
  name: segment,
  current_registrar: text,
  /** `registrationActive` is the one word seen. */
  last_known_status: text,
  name_servers: texts,
  registered_at: text,
  expires_at: text,
  auto_renew: flag,
})

export const CloudflareDnsRecord = z.looseObject({
  id: wireId,
  name: text,
  type: text,
  content: text,
  /** The parts of what has several: CAA, SRV, HTTPS, … `content` is made of them. */
  data: z.looseObject({}).nullish(),
  /** 1 is "automatic". */
  ttl: number,
  priority: number,
  proxied: flag,
  comment: text,
})

const Stage = z.looseObject({ name: text, status: text, ended_on: text })

export const CloudflarePagesProject = z.looseObject({
  name: segment,
  subdomain: text,
  production_branch: text,
  source: z
    .looseObject({
      type: text,
      config: z.looseObject({ owner: text, repo_name: text, production_deployments_enabled: flag }).nullish(),
    })
    .nullish(),
  /** The deployment that the project's address shows. */
  canonical_deployment: z.looseObject({ created_on: text }).nullish(),
})

export const CloudflarePagesDeployment = z.looseObject({
  id: wireId,
  short_id: text,
  url: text,
  /** `production` or `preview`. */
  environment: text,
  created_on: text,
  latest_stage: Stage.nullish(),
  is_skipped: flag,
  deployment_trigger: z
    .looseObject({
      metadata: z.looseObject({ branch: text, commit_hash: text, commit_message: text }).nullish(),
    })
    .nullish(),
})

export const CloudflarePagesDomain = z.looseObject({
  name: segment,
  /** `initializing`, `pending`, `active`, `deactivated`, `blocked`, `error`. */
  status: text,
  validation_data: z.looseObject({ status: text }).nullish(),
})

/** A script's name is its id. */
export const CloudflareWorker = z.looseObject({ id: segment, tags: texts })

export const CloudflareWorkerDomain = z.looseObject({ id: wireId, hostname: text, service: text })

/** Without `script`, no Worker runs on what matches. */
export const CloudflareWorkerRoute = z.looseObject({ id: wireId, pattern: text, script: text })

export const CloudflareD1Database = z.looseObject({ uuid: wireId, name: text })

export const CloudflareKvNamespace = z.looseObject({ id: wireId, title: text })

export const CloudflareR2Bucket = z.looseObject({
  name: segment,
  location: text,
  storage_class: text,
})

export type CloudflareAccount = z.output<typeof CloudflareAccount>
export type CloudflareZone = z.output<typeof CloudflareZone>
export type CloudflareRegistration = z.output<typeof CloudflareRegistration>
export type CloudflareDnsRecord = z.output<typeof CloudflareDnsRecord>
export type CloudflarePagesProject = z.output<typeof CloudflarePagesProject>
export type CloudflarePagesDeployment = z.output<typeof CloudflarePagesDeployment>
export type CloudflarePagesDomain = z.output<typeof CloudflarePagesDomain>
export type CloudflareWorkerDomain = z.output<typeof CloudflareWorkerDomain>
export type CloudflareWorkerRoute = z.output<typeof CloudflareWorkerRoute>
