import type { ResourceTableName } from "../../schema/index.ts"
import type { Provisioning } from "../../schema/provisionings.ts"
import type { SyncRun } from "../../schema/sync-runs.ts"
import { statusWord } from "../format/words.ts"
import { ToneBadge } from "./tone-badge.tsx"
import { type Tone, toneOf } from "./tones.ts"

/** The status of a row, and the provider's own word for it when it is pointed at. */
export function StatusBadge({
  table,
  status,
  providerStatus,
  className,
}: {
  table?: ResourceTableName | undefined
  status: string
  providerStatus?: string | null | undefined
  className?: string | undefined
}) {
  // An issue that somebody has taken on, or a resolved one, is no state of a machine: only the open one needs somebody.
  const tone = table === "monitors" && status === "pending" ? "idle" : toneOf(status)
  const title = providerStatus ? `The provider says “${providerStatus}”` : undefined
  return <ToneBadge tone={tone} word={statusWord(status)} title={title} className={className} />
}

const runs: Record<SyncRun["status"], readonly [Tone, string]> = {
  running: ["busy", "Syncing"],
  succeeded: ["good", "Succeeded"],
  partial: ["warning", "Partly failed"],
  failed: ["bad", "Failed"],
  stopped: ["warning", "Needs a decision"],
  canceled: ["idle", "Cancelled"],
  interrupted: ["warning", "Interrupted"],
}

/** How a sync went. */
export function RunBadge({ status, className }: { status: SyncRun["status"]; className?: string }) {
  const [tone, word] = runs[status]
  return <ToneBadge tone={tone} word={word} className={className} />
}

const states: Record<Provisioning["state"], readonly [Tone, string]> = {
  provisioning: ["busy", "Being made"],
  provisioned: ["good", "Made"],
  failed: ["bad", "Failed"],
  deprovisioning: ["busy", "Being removed"],
  deprovisioned: ["idle", "Removed"],
}

/** How far something is that StackDock makes or removes. */
export function StateBadge({ state, className }: { state: Provisioning["state"]; className?: string }) {
  const [tone, word] = states[state]
  return <ToneBadge tone={tone} word={word} className={className} />
}

const results = {
  succeeded: ["good", "Succeeded"],
  failed: ["bad", "Failed"],
  denied: ["warning", "Denied"],
} as const

/** How something in the audit log ended. */
export function ResultBadge({ result, className }: { result: keyof typeof results; className?: string }) {
  const [tone, word] = results[result]
  return <ToneBadge tone={tone} word={word} className={className} />
}
