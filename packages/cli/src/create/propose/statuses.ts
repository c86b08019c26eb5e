import { type ResourceTableName, resourceTables } from "../../../../../registry/schema/index.ts"
import { wordsIn } from "../../openapi/names.ts"
import type { Field, Status } from "../spec.ts"
import type { Leaf } from "./leaves.ts"

/** Words that providers use for the same thing. A word that is in none of them is for a person to place. */
const FAMILIES = {
  good: "active running on started up online ready ok available healthy live enabled succeeded success successful complete completed finished built deployed published current runnable verified valid created",
  waiting: "pending queued waiting new requested enqueued scheduled pending_build pending_deploy initialized",
  making:
    "creating provisioning initializing initialising starting building installing booting preparing initiating in_progress processing build_in_progress pending_create pending_init init",
  deploying: "deploying updating_deployment update_in_progress uploading pre_deploy_in_progress",
  updating: "updating resizing upgrading maintenance scaling migrating forking modifying",
  stopping: "stopping shutting_down",
  stopped:
    "stopped off halted offline shutdown shut_down powered_off poweroff stopped_deallocated deallocated exited",
  sleeping: "sleeping idle hibernated inactive paused suspended",
  restarting: "restarting rebooting",
  deleting: "deleting destroying terminating removing deprovisioning pending_deletion",
  bad: "error failed errored failure crashed broken degraded_error build_failed update_failed failing",
  suspended: "suspended",
  canceled: "canceled cancelled aborted stopped",
  superseded: "superseded deactivated inactive",
  misconfigured: "misconfigured invalid unverified invalid_configuration",
  expired: "expired",
  disabled: "disabled inactive paused",
  restoring: "restoring",
  degraded: "degraded validating",
  down: "down unhealthy",
  paused: "paused",
  maintenance: "maintenance",
  archived: "archived",
  open: "open unresolved ongoing started new triggered",
  acknowledged: "acknowledged",
  resolved: "resolved closed fixed",
  ignored: "ignored muted",
  attached: "attached in_use",
  unattached: "available detached unattached",
} as const

type Family = keyof typeof FAMILIES

/** Which family means what in a table. Where a word is in two families, the one that stands first here wins. */
const MEANINGS: Readonly<Record<ResourceTableName, Partial<Record<Family, string>>>> = {
  servers: {
    good: "running",
    waiting: "provisioning",
    making: "provisioning",
    stopping: "stopping",
    stopped: "stopped",
    restarting: "restarting",
    deleting: "deleting",
    bad: "error",
  },
  webServices: {
    good: "active",
    deploying: "deploying",
    waiting: "provisioning",
    making: "provisioning",
    suspended: "suspended",
    stopped: "stopped",
    deleting: "deleting",
    bad: "error",
  },
  deployments: {
    good: "ready",
    waiting: "queued",
    making: "building",
    deploying: "building",
    canceled: "canceled",
    superseded: "superseded",
    bad: "failed",
  },
  domains: {
    good: "active",
    waiting: "pending",
    making: "pending",
    misconfigured: "misconfigured",
    expired: "expired",
    suspended: "suspended",
    bad: "error",
  },
  dnsRecords: { good: "active", waiting: "pending", disabled: "disabled", bad: "error" },
  databases: {
    good: "running",
    waiting: "provisioning",
    making: "provisioning",
    updating: "updating",
    stopped: "stopped",
    deleting: "deleting",
    bad: "error",
  },
  blockVolumes: {
    attached: "attached",
    unattached: "available",
    waiting: "provisioning",
    making: "provisioning",
    deleting: "deleting",
    bad: "error",
  },
  buckets: {
    good: "active",
    making: "provisioning",
    suspended: "suspended",
    deleting: "deleting",
    bad: "error",
  },
  backupSchedules: { good: "enabled", disabled: "disabled", bad: "error" },
  backupIntegrations: { good: "active", waiting: "pending", bad: "error" },
  backups: {
    waiting: "pending",
    making: "running",
    restoring: "restoring",
    deleting: "deleting",
    good: "available",
    bad: "failed",
  },
  monitors: {
    good: "up",
    degraded: "degraded",
    down: "down",
    bad: "down",
    paused: "paused",
    maintenance: "maintenance",
    waiting: "pending",
  },
  issues: { open: "open", acknowledged: "acknowledged", resolved: "resolved", ignored: "ignored" },
  repositories: { good: "active", archived: "archived", disabled: "disabled" },
}

/** Tables whose listing holds only what is there and works, for providers that say no more of it. */
const ALWAYS: Partial<Record<ResourceTableName, string>> = { dnsRecords: "active", repositories: "active" }

const STATUS: readonly RegExp[] = [
  /^(status|state)$/,
  /^(instance|server|lifecycle|cluster|run|database|app|service|monitor|zone|domain|volume|deployment)_(status|state)$/,
  /^(power_state|power_status)$/,
  /^(status|state)\.(phase|state|status|code|name|indicator)$/,
  /^phase$/,
  /^(provisioning_state|ready_state)$/,
  /_(status|state)$/,
]

export function findStatus(leaves: readonly Leaf[]): Leaf | undefined {
  for (const pattern of STATUS) {
    const found = leaves.find(
      ({ plain, kind }) => kind === "text" && pattern.test(plain) && !plain.includes("[]"),
    )
    if (found) return found
  }
  return undefined
}

export function proposeStatus(table: ResourceTableName, leaf: Leaf | undefined): Status {
  if (!leaf) {
    const always = ALWAYS[table]
    if (always) return { words: {}, open: [], always }
    return {
      words: {},
      open: [],
      decide: "nothing here is known to tell a status; until something does, it is unknown.",
    }
  }
  const told = [...new Set([...leaf.shape.words, ...exampleWord(leaf)])]
  const words: Record<string, string> = {}
  const open: string[] = []
  for (const word of told) {
    const meaning = meaningOf(table, word)
    if (meaning) words[word] = meaning
    else if (wordsIn(word).join("_") !== "unknown") open.push(word)
  }
  const decide =
    leaf.shape.words.length === 0
      ? "the document does not list the words; add those that the provider uses."
      : undefined
  return { from: leaf.path, words, open, ...(decide ? { decide } : {}) }
}

/** The field, for recordings: words that are understood come first. */
export function statusField({ words, open }: Status): Field {
  const isGood = (word: string) => GOOD.has(words[word] ?? "")
  const known = Object.keys(words)
  const inOrder = [...known.filter(isGood), ...known.filter((word) => !isGood(word))]
  return { is: "text", words: [...inOrder, ...open] }
}

const GOOD = new Set(["running", "active", "ready", "available", "enabled", "up", "open"])

function exampleWord({ shape }: Leaf): string[] {
  return typeof shape.example === "string" && /^[\w-]{1,40}$/.test(shape.example) ? [shape.example] : []
}

function meaningOf(table: ResourceTableName, word: string): string | undefined {
  const plain = wordsIn(word).join("_")
  const statuses: readonly string[] = resourceTables[table].statuses
  if (plain !== "unknown" && statuses.includes(plain)) return plain
  for (const [family, meaning] of Object.entries(MEANINGS[table])) {
    if (FAMILIES[family as Family].split(" ").includes(plain)) return meaning
  }
  return undefined
}
