import { z } from "zod"

/** Ids are numbers on most endpoints and strings of digits on some; always text with us. */
const id = () => z.union([z.int().positive(), z.string().regex(/^\d+$/)]).transform(String)
/** Booleans are also sent as 0 and 1. */
const flag = () => z.union([z.boolean(), z.literal([0, 1])]).transform(Boolean)
/** `hour: "05"` when read, `5` when written. */
const number = () => z.union([z.int(), z.string().regex(/^\d{1,6}$/)]).transform(Number)
const text = () => z.string()

export const GridPaneUser = z.looseObject({ id: id(), name: text().nullish() })

export const GridPaneServer = z.looseObject({
  id: id(),
  label: text().nullish(),
  ip: text().nullish(),
  region: text().nullish(),
  region_label: text().nullish(),
  status: text().nullish(),
  webserver: text().nullish(),
  database: text().nullish(),
  os_version: text().nullish(),
  provider: z.looseObject({ name: text().nullish() }).nullish(),
})

/** How long backups of a site are kept. `prune_schedule` is one of four rules, `retain_days` 0 is without limit. */
const retention = {
  local_retain_days: number().nullish(),
  local_prune_schedule: number().nullish(),
  remote_retain_days: number().nullish(),
  remote_prune_schedule: number().nullish(),
}

export const GridPaneSite = z.looseObject({
  id: id(),
  url: text().nullish(),
  server_id: id().nullish(),
  is_ssl: flag().nullish(),
  /** "White screen of death": the site answers with nothing. */
  is_wsod: flag().nullish(),
  built_at: text().nullish(),
  php_version: text().nullish(),
  local_bup: flag().nullish(),
  remote_bup: flag().nullish(),
  server: z.looseObject({ region: text().nullish(), region_label: text().nullish() }).nullish(),
  site_security_settings: z.looseObject({ suspend_site: flag().nullish() }).nullish(),
  site_customizer: z.looseObject(retention).nullish(),
})

export const GridPaneDomain = z.looseObject({
  id: id(),
  url: text().nullish(),
  /** `primary`, `alias` or `redirect`. Staging and canary sites have a `primary` domain of their own. */
  type: text().nullish(),
  status: text().nullish(),
  is_ssl: flag().nullish(),
  ssl_status: text().nullish(),
  site_id: id().nullish(),
  server_id: id().nullish(),
  resolved_at: text().nullish(),
  primary_is_staging: flag().nullish(),
  user_dns: z.looseObject({ provider: z.looseObject({ name: text().nullish() }).nullish() }).nullish(),
})

/** `/user/integrations` and `/backups/integrations` list the same thing; the first has DNS and mail among them. */
export const GridPaneIntegration = z.looseObject({
  id: id(),
  integrated_service: text().nullish(),
  integration_name: text().nullish(),
  region: text().nullish(),
})

/** One entry of `/backups/schedules`: a site with its schedules. */
export const GridPaneSiteSchedules = z.looseObject({
  site_id: id().nullish(),
  schedule_backups: z.array(z.unknown()),
})

export const GridPaneSchedule = z.looseObject({
  id: id(),
  site_id: id().nullish(),
  server_id: id().nullish(),
  url: text().nullish(),
  /** `local` or `remote`. */
  type: text().nullish(),
  bup_schedule: text().nullish(),
  hour: number().nullish(),
  minute: number().nullish(),
  /** Of the week when weekly (0 is Sunday), of the month when monthly. */
  day: number().nullish(),
  service_name: text().nullish(),
  /** The id of the integration that it goes to. */
  service_user_id: id().nullish(),
})

export const GridPaneRetention = z.looseObject(retention)

/**
 * A backup, in the words in which the API wants it back for a restore. All three are needed to tell one from another:
 * backups have no id. The time is the server's own, without a zone.
 */
export const GridPaneBackup = z.looseObject({
  backup: text().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d( \S.*)?$/, "not a date, a time and a tag"),
  /** `local`, or the storage service: `aws-s3`, `backblaze`, `dropbox`, `wasabi`. */
  backup_source: text().regex(/^[a-z0-9][a-z0-9-]*$/i, "not the name of a storage service"),
  backup_type: z.enum(["manual", "automatic"]),
})

/** How far the building of a server is. Before it begins there is only `build_status`, a sentence. */
export const GridPaneBuild = z.looseObject({
  build_percentage: z
    .union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)])
    .transform(Number)
    .nullish(),
  build_status: text().nullish(),
  current_details: text().nullish(),
})

/** Of a server that GridPane has built at a cloud. It also tells `temp_pass`, this once. */
export const GridPaneNewServer = z.looseObject({ server_id: id(), temp_pass: text().nullish().catch(null) })

/** Of a server that GridPane builds when somebody runs `command` on it. It holds a token. */
export const GridPaneNewCustomServer = z.looseObject({
  server_id: id(),
  command: text().nullish().catch(null),
})

export type GridPaneUser = z.output<typeof GridPaneUser>
export type GridPaneServer = z.output<typeof GridPaneServer>
export type GridPaneSite = z.output<typeof GridPaneSite>
export type GridPaneDomain = z.output<typeof GridPaneDomain>
export type GridPaneIntegration = z.output<typeof GridPaneIntegration>
export type GridPaneSchedule = z.output<typeof GridPaneSchedule>
export type GridPaneRetention = z.output<typeof GridPaneRetention>
export type GridPaneBackup = z.output<typeof GridPaneBackup>
export type GridPaneBuild = z.output<typeof GridPaneBuild>
export type GridPaneNewServer = z.output<typeof GridPaneNewServer>
export type GridPaneNewCustomServer = z.output<typeof GridPaneNewCustomServer>

/** What the API takes. Ids are numbers there. */
export type GridPaneCloud = "digitalocean" | "vultr" | "linode" | "aws-lightsail" | "upcloud"
interface Stack {
  webserver: "nginx" | "openlitespeed"
  database: "percona" | "mariadb"
}

export interface GridPaneServerOrder extends Stack {
  integration_id: number
  name: string
  region_id: string
  plan_id: string
  enable_auto_backups?: boolean | undefined
  /** In GB; UpCloud only. */
  size?: string | undefined
}

export interface GridPaneCustomServerOrder extends Stack {
  name: string
  ip: string
  datacenter: string
}

export type GridPaneServerChange =
  | { server_timezone: string }
  | { security_updates_reboot: boolean; security_updates_reboot_time?: string | undefined }

export type GridPaneDnsManagement =
  | "none_none"
  | "cloudflare_full"
  | "cloudflare_challenge"
  | "dnsme_full"
  | "dnsme_challenge"

export interface GridPaneSiteOrder {
  url: string
  server_id: number
  php_version: string
  pm: "dynamic" | "static" | "ondemand"
  nginx_caching: "redis" | "fastcgi" | "none"
  system_user_id?: number | undefined
  username?: string | undefined
  waf?: "6G" | "7G" | "modsec" | undefined
  smtp?: number | undefined
  bundle_id?: number | undefined
  dns_management?: GridPaneDnsManagement | undefined
  dns_integration_id?: number | undefined
  wp_users?: readonly { username: string; email: string; role: string }[] | undefined
}

/** One setting a request. */
export type GridPaneSiteChange =
  | { php_version: string }
  | { pm: GridPaneSiteOrder["pm"] }
  | { nginx_caching: GridPaneSiteOrder["nginx_caching"]; nginx_caching_ttl?: number | undefined }
  | { object_caching: boolean }
  | { clear_cache: "page" | "object" | "all" }
  | { suspend_site: boolean }
  | { http_auth: boolean }
  | { debug: boolean }
  | { six_g_waf: boolean }
  | { seven_g_waf: boolean }
  | { mod_sec_waf: boolean }
  | { username: string }

export interface GridPaneDomainOrder {
  domain_url: string
  site_id: number
  server_id: number
  type: "alias" | "redirect"
  dns_management: GridPaneDnsManagement
  dns_integration_id?: number | undefined
}

export type GridPaneDomainChange =
  | { ssl: boolean }
  | { routing: "none" | "www" | "root" }
  | { wildcard: boolean }
  | { switch_to_primary_type: true }
  | { dns_management: GridPaneDnsManagement; dns_integration_id?: number | undefined }

export interface GridPaneScheduleChange {
  id: number
  bup_schedule: "hourly" | "daily" | "weekly" | "monthly"
  minute: number
  hour?: number | undefined
  day?: number | undefined
}

export interface GridPaneRetentionChange {
  backup_type: "local" | "remote"
  retain_days: number
  prune_schedule: number
}

export interface GridPaneBackupOrder {
  type: "local" | "remote"
  integration_id?: number | undefined
  tag?: string | undefined
}
