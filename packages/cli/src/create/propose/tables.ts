import type { ResourceTableName } from "../../../../../registry/schema/index.ts"
import { proposeColumns } from "./columns.ts"
import { fixedSegments, type ListOperation } from "./lists.ts"

/** A list that may fill a table, and how well it would. */
export interface Candidate {
  readonly table: ResourceTableName
  readonly list: ListOperation
  readonly score: number
}

interface Words {
  readonly table: ResourceTableName
  readonly noun: RegExp
  readonly weight: number
  /** What must stand before it in the path, or must not. */
  readonly after?: RegExp
  readonly notAfter?: RegExp
  /** What an item must have: the word alone means other things elsewhere. */
  readonly has?: RegExp
}

const DATABASE = /(^|\W)(database|db|sql|mysql|postgre|redis|valkey|mongo|mariadb|pg)/i
const NOT_MACHINES = /app|function|service|object.?storage|container|plan|template|image|type|kernel/i
/** A catalogue of applications has none of these. */
const SERVED = /(url|uri|ingress|domain|repo|git|host|fqdn|branch|status|state)/

const WORDS: readonly Words[] = [
  {
    table: "servers",
    noun: /^(server|droplet|linode|virtual machine|vm|vps|bare metal|dedicated server)$/,
    weight: 10,
    notAfter: DATABASE,
  },
  {
    table: "servers",
    noun: /^(instance|machine|compute instance)$/,
    weight: 9,
    notAfter: new RegExp(`${DATABASE.source}|${NOT_MACHINES.source}`, "i"),
  },
  { table: "servers", noun: /^(machine|container)$/, weight: 5 },
  {
    table: "webServices",
    noun: /^(app|application|site|web app|web service|static site)$/,
    weight: 10,
    notAfter: DATABASE,
    has: SERVED,
  },
  { table: "webServices", noun: /^service$/, weight: 7, notAfter: DATABASE, has: SERVED },
  {
    table: "webServices",
    noun: /^(project|pages project)$/,
    weight: 5,
    has: /(framework|repo|production_url|^url$|domain)/,
  },
  { table: "deployments", noun: /^(deployment|deploy)$/, weight: 10 },
  { table: "deployments", noun: /^(build|release|revision)$/, weight: 4 },
  { table: "domains", noun: /^(domain|dns zone|hosted zone|managed zone)$/, weight: 10 },
  { table: "domains", noun: /^zone$/, weight: 9, has: /(server|dns|ttl|registrar|record|paused)/ },
  { table: "domains", noun: /^custom domain$/, weight: 6 },
  { table: "dnsRecords", noun: /^(dns record|record set|resource record set|rrset|rr set)$/, weight: 10 },
  {
    table: "dnsRecords",
    noun: /^(record|all|recordset)$/,
    weight: 9,
    after: /dns|zone|domain/i,
    has: /^(type|record_type|ttl)$/,
  },
  { table: "databases", noun: /^(database|postgres|redis|mysql|mongodb|mariadb|key value)$/, weight: 10 },
  { table: "databases", noun: /^(instance|cluster|server|flexible server)$/, weight: 9, after: DATABASE },
  { table: "blockVolumes", noun: /^(volume|block volume|block)$/, weight: 10 },
  { table: "blockVolumes", noun: /^disk$/, weight: 8 },
  { table: "buckets", noun: /^bucket$/, weight: 10 },
  { table: "buckets", noun: /^(object storage|storage account)$/, weight: 7 },
  { table: "backups", noun: /^(backup|backup run)$/, weight: 10 },
  { table: "backups", noun: /^snapshot$/, weight: 4 },
  { table: "backupSchedules", noun: /^(backup schedule|backup policy|scheduled backup)$/, weight: 9 },
  {
    table: "backupIntegrations",
    noun: /^(backup integration|backup destination|destination)$/,
    weight: 6,
    has: /bucket/,
  },
  { table: "monitors", noun: /^(monitor|uptime check)$/, weight: 10 },
  { table: "monitors", noun: /^(heartbeat|check)$/, weight: 4 },
  { table: "issues", noun: /^issue$/, weight: 10, notAfter: /repo/i },
  { table: "issues", noun: /^incident$/, weight: 8 },
  { table: "repositories", noun: /^(repo|repository|starred)$/, weight: 10 },
]

/** Which lists may fill which tables, the best first. */
export function candidatesIn(lists: readonly ListOperation[]): Map<ResourceTableName, Candidate[]> {
  const candidates = new Map<ResourceTableName, Candidate[]>()
  for (const list of lists) {
    for (const table of new Set(WORDS.map((words) => words.table))) {
      const score = scoreOf(table, list)
      if (score > 0) candidates.set(table, [...(candidates.get(table) ?? []), { table, list, score }])
    }
  }
  for (const found of candidates.values()) found.sort((a, b) => b.score - a.score)
  return candidates
}

function scoreOf(table: ResourceTableName, list: ListOperation): number {
  const { path } = list.operation
  const segments = fixedSegments(path)
  const before = `${segments.slice(0, -1).join("/")} ${segments.at(-1)?.replace(/[^.]*$/, "") ?? ""}`
  const context = `${before} ${list.operation.tags.join(" ")}`
  const weights = WORDS.flatMap(({ table: of, noun, weight, after, notAfter, has }) => {
    if (of !== table || !noun.test(list.last)) return []
    if (after && !after.test(context)) return []
    if (notAfter?.test(before)) return []
    return has && !list.leaves.some(({ plain }) => has.test(plain)) ? [] : [weight]
  })
  if (weights.length === 0) return 0
  const mapping = proposeColumns(table, list.noun, list.leaves)
  if (!mapping) return 0
  const depth = path.split("{").length - 1
  return Math.max(...weights) * 10 + Object.keys(mapping.columns).length * 2 - depth * 12 - segments.length
}
