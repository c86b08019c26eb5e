import type { ResourceTableName } from "../../../../../registry/schema/index.ts"
import type { Conversion } from "../spec.ts"
import type { Leaf } from "./leaves.ts"

/** How a column's field is known: by its name, the likeliest first, and by its kind. */
export interface Rule {
  readonly patterns: readonly RegExp[]
  readonly kinds: readonly Leaf["kind"][]
  /** `time`, `MB` and `GB` are settled by what the field says of itself. */
  readonly as?: Conversion | "time" | "MB" | "GB"
  /** Of something else: a number or a text, always text with us. */
  readonly asId?: true
}

const text = (...patterns: RegExp[]): Rule => ({ patterns, kinds: ["text"] })
const id = (...patterns: RegExp[]): Rule => ({ patterns, kinds: ["text", "integer"], asId: true })
const integer = (...patterns: RegExp[]): Rule => ({ patterns, kinds: ["integer"] })
const amount = (as: "MB" | "GB", ...patterns: RegExp[]): Rule => ({
  patterns,
  kinds: ["integer", "number"],
  as,
})
const flag = (...patterns: RegExp[]): Rule => ({ patterns, kinds: ["flag"] })
const texts = (...patterns: RegExp[]): Rule => ({ patterns, kinds: ["texts"] })
const time = (...patterns: RegExp[]): Rule => ({
  patterns,
  kinds: ["text", "integer", "number"],
  as: "time",
})

const region = text(
  /^region$/,
  /^region\.slug$/,
  /^region\.(id|code|name)$/,
  /^region_(slug|id|code|name)$/,
  /^(datacenter\.)?location\.(name|slug|id|code)$/,
  /^(location|datacenter|data_center|zone|primary_region|availability_zone)$/,
  /^(datacenter|data_center|zone|placement)\.(name|slug|id|code|availability_zone)$/,
  /^(location|datacenter|zone|region)_(id|name)$/,
)
const size = "(specs?|size|plan|server_type|instance_type|resources|flavor|guest|config\\.guest|hardware)"

/** The columns of each table that a document can tell of. The status and what tells an item from another are apart. */
export const columnRules: Readonly<Record<ResourceTableName, Readonly<Record<string, Rule>>>> = {
  servers: {
    primaryIpAddress: {
      patterns: [
        /^(main|public|primary|external)_ip(v4)?(_address)?$/,
        /^(ip_address|ipv4_address|ip|ipv4)$/,
        /^(public_net(work)?|network(ing)?|networks|public)\.(public|public_ipv4|ipv4|v4)(\.(ip|ip_address|address))?$/,
        /^networks\.(v4|ipv4|public)\[\]\.(ip_address|address|ip)$/,
        /^(public_ips|ip_addresses|ips|addresses|ipv4_addresses)(\[\]\.(ip_address|address|ip))?$/,
        /access_configs\[\]\.nat_ip$/,
        /^private_ip(_address)?$/,
      ],
      kinds: ["text", "texts"],
    },
    ipAddresses: texts(/^(public_ips|ip_addresses|ips|addresses|ipv4|ipv4_addresses)$/),
    hostname: text(/^(hostname|host_name|fqdn|dns_name|public_dns(_name)?)$/),
    region,
    plan: text(
      /^(plan|size_slug|instance_type|server_type|machine_type|plan_id|flavor|type)$/,
      /^(plan|size|server_type|instance_type|flavor|sku)\.(slug|name|id)$/,
      /^hardware_profile\.vm_size$/,
      /^size$/,
    ),
    operatingSystem: text(
      /^(os|operating_system|os_name|distribution)$/,
      /^image\.(description|distribution|name|label|slug)$/,
      /^image$/,
      /^storage_profile\.image_reference\.offer$/,
    ),
    cpuCores: integer(
      /^v?cpus?(_count|_cores)?$/,
      /^v?cores$/,
      new RegExp(`^${size}\\.(v?cpus?(_count)?|cores)$`),
    ),
    memoryMb: amount(
      "MB",
      /^(memory|ram|mem)(_mb|_gb|_size)?$/,
      new RegExp(`^${size}\\.(memory|ram|mem)(_mb|_gb)?$`),
    ),
    diskGb: amount(
      "GB",
      /^(disk|storage)(_gb|_size|_size_gb)?$/,
      new RegExp(`^${size}\\.(disk|storage)(_gb|_size)?$`),
    ),
  },
  webServices: {
    productionUrl: text(
      /^(live_url|production_url|ssl_url|default_ingress|default_hostname|default_host_name)$/,
      /^(url|uri|deployment_url|website_url|fqdn|domain)$/,
      /^service_details\.url$/,
    ),
    serverProviderId: id(/^server_(id|uuid)$/, /^server\.(id|uuid)$/),
    region,
    framework: text(/^(framework|build_pack|buildpack)$/),
    runtime: text(/^(runtime|php_version|stack)$/, /^service_details\.(runtime|env)$/),
    repositoryUrl: text(
      /^(repo|repository|git)_url$/,
      /^(repo|repository|git_repository)$/,
      /^build_settings\.repo_url$/,
    ),
    branch: text(/^(git_|repo_)?branch$/, /^build_settings\.repo_branch$/),
    autoDeploy: flag(/^(is_)?auto_deploy(_enabled)?$/),
    lastDeployedAt: time(
      /^(last_deployed_at|last_deployment_active_at|last_deployment_created_at|deployed_at)$/,
    ),
  },
  deployments: {
    webServiceProviderId: id(/^(app|application|site|service|project|web_service)_(id|uuid)$/),
    url: text(/^(url|deploy_ssl_url|deploy_url|live_url|deployment_url)$/),
    branch: text(/^(git_)?(branch|commit_ref|ref)$/),
    commitSha: text(/^(git_)?commit(_sha|_hash|_ref)?$/, /^sha$/, /^commit\.(id|sha|hash)$/),
    commitMessage: text(/^(git_)?commit_message$/, /^commit\.message$/),
    creator: text(
      /^(creator|committer|author|created_by)$/,
      /^(creator|committer|author|user)\.(username|login|name)$/,
    ),
    startedAt: time(/^(started_at|start_time|created_at|created|create_time)$/),
    finishedAt: time(/^(finished_at|completed_at|ended_at|end_time|ready_at|ready)$/),
    errorMessage: text(/^(error_message|status_message)$/),
  },
  domains: {
    nameServers: texts(/^(name_?servers|ns)$/),
    registrar: text(/^(registrar|original_registrar)$/),
    registeredAt: time(/^(registered_at|bought_at)$/),
    expiresAt: time(/^(expires_at|expires|expiry|expiration|expiry_date|expiration_date)$/),
    autoRenew: flag(/^(auto_renew|is_auto_renew)$/),
  },
  dnsRecords: {
    recordType: text(/^(type|record_type|rr_type)$/),
    content: text(/^(content|value|data|target|answer|rdata|destination)$/),
    ttl: integer(/^(ttl|ttl_sec|time_to_live)$/),
    priority: integer(/^(priority|prio|mx_priority|preference)$/),
    proxied: flag(/^(is_)?proxied$/),
    comment: text(/^(comment|note)$/),
  },
  databases: {
    engine: text(/^(engine|database_engine|db_engine|database_type|kind|type)$/),
    engineVersion: id(/^(engine|database|db|pg|postgres)_version$/, /^version$/),
    region,
    plan: text(
      /^(plan|size|tier|size_slug|instance_type|cluster_size|db_instance_class|plan_id)$/,
      /^sku\.name$/,
      /^settings\.tier$/,
    ),
    hostname: text(
      /^(hostname|host|fqdn|dns_hostname|fully_qualified_domain_name)$/,
      /^(connection|hosts|endpoint)\.(host|primary|address)$/,
    ),
    port: integer(/^port$/, /^(connection|endpoint)\.port$/),
    storageGb: {
      patterns: [
        /^(storage_gb|storage_size_gb|disk_size_gb|total_disk_size_gb|allocated_storage|plan_disk)$/,
      ],
      kinds: ["integer", "number"],
    },
    nodeCount: integer(/^(num_nodes|node_count|nodes|cluster_size)$/),
  },
  blockVolumes: {
    sizeGb: integer(/^(size_gigabytes|size_gb|size|disk_size_gb|capacity)$/),
    region,
    volumeType: text(/^(type|volume_type|block_type|hardware_type)$/, /^sku\.name$/),
    serverProviderId: id(
      /^(server|instance|linode|droplet|machine|attached_machine)(_id|_uuid)?$/,
      /^(attached_to_instance|attached_to|managed_by)$/,
    ),
    mountPath: text(/^(mount_path|linux_device|filesystem_path)$/),
  },
  buckets: {
    region,
    endpoint: text(/^(endpoint|s3_endpoint|s3_hostname|hostname|primary_endpoints\.blob)$/),
    storageClass: text(/^storage_class$/, /^sku\.name$/),
    isPublic: flag(/^(is_)?public$/),
    sizeBytes: integer(/^(size|size_bytes|bytes)$/),
    objectCount: integer(/^(objects|object_count|objects_count)$/),
  },
  backupSchedules: {
    serverProviderId: id(/^(server|instance|droplet|linode)_(id|uuid)$/),
    databaseProviderId: id(/^(database|cluster)_(id|uuid)$/),
    timezone: text(/^(timezone|time_zone)$/),
    hour: integer(/^(hour|hour_of_day)$/),
    minute: integer(/^minute$/),
    lastRunAt: time(/^(last_run_at|last_run)$/),
    nextRunAt: time(/^(next_run_at|next_run|next_scheduled_time_utc)$/),
  },
  backupIntegrations: {
    service: text(/^(service|provider|kind|type)$/),
    region,
    bucketName: text(/^(bucket|bucket_name)$/),
  },
  backups: {
    serverProviderId: id(/^(server|instance|droplet|linode)_(id|uuid)$/),
    databaseProviderId: id(/^(database|cluster)_(id|uuid)$/),
    tag: text(/^tag$/),
    takenAt: time(/^(taken_at|completed_at|created_at|created|date_created|creation_timestamp|started_at)$/),
    sizeBytes: integer(/^(size_bytes|bytes)$/),
    expiresAt: time(/^(expires_at|expires)$/),
  },
  monitors: {
    url: text(/^(url|target|address|uri)$/),
    monitorType: text(/^(monitor_type|type|kind)$/),
    checkIntervalSeconds: integer(/^(check_frequency|check_interval|interval|frequency|period)$/),
    lastCheckedAt: time(/^(last_checked_at|last_check_at)$/),
  },
  issues: {
    projectName: text(/^project\.(slug|name)$/, /^project_name$/),
    firstSeenAt: time(/^(first_seen|first_seen_at|started_at|created_at)$/),
    lastOccurredAt: time(/^(last_seen|last_seen_at|last_occurred_at)$/),
    resolvedAt: time(/^resolved_at$/),
    usersAffected: integer(/^(user_count|users_affected)$/),
    occurrences: integer(/^(count|occurrences|event_count)$/),
  },
  repositories: {
    fullName: text(/^(full_name|path_with_namespace)$/),
    url: text(/^(html_url|web_url|url)$/),
    defaultBranch: text(/^default_branch$/),
    isFork: flag(/^(is_)?fork$/),
    language: text(/^(language|primary_language)$/),
    pushedAt: time(/^(pushed_at|last_push_at|last_activity_at)$/),
  },
}

const NAMES_AS_HOSTS: ReadonlySet<ResourceTableName> = new Set(["domains"])

/** What every row has: an id of its own, and a name. */
export function identityRules(noun: string, table: ResourceTableName): Record<string, Rule> {
  const own = noun.replaceAll(" ", "_")
  const last = own.replace(/^.*_/, "")
  const named = `(${own}|${last})`
  const isDomain = NAMES_AS_HOSTS.has(table)
  const name = text(
    ...(isDomain ? [/^(domain|domain_name|zone_name|dns_name|hostname)$/] : []),
    /^name$/,
    /^label$/,
    /^(display_name|title|friendly_name|pronounceable_name)$/,
    new RegExp(`^${named}_name$`),
    /^(hostname|domain|zone|fqdn)$/,
    /^(full_name|slug)$/,
    /^metadata\.name$/,
    /^(tag_name|description|cause|url)$/,
  )
  return {
    providerResourceId: id(
      /^(id|uuid|guid)$/,
      new RegExp(`^${named}_(id|uuid)$`),
      /^(uid|euuid|resource_id|identifier|arn)$/,
      /^metadata\.uid$/,
      ...(isDomain ? [/^(domain|domain_name|zone_name|hostname)$/] : []),
      /^name$/,
      new RegExp(`^${named}(_name)?$`),
      /^(label|slug|hostname|domain|key)$/,
      /^metadata\.name$/,
    ),
    name: isDomain
      ? { ...name, as: "host name" }
      : table === "dnsRecords"
        ? { ...text(/^(name|hostname|host|fqdn|subdomain)$/), as: "name in zone" }
        : name,
    providerUrl: text(/^(html_url|dashboard_url|admin_url|console_url|web_url)$/),
  }
}
