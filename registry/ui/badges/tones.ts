/** How a state is looked upon, whatever its word. */
export type Tone = "good" | "busy" | "warning" | "bad" | "idle" | "unknown"

const words: Record<Exclude<Tone, "unknown">, readonly string[]> = {
  good: ["running", "active", "ready", "available", "attached", "enabled", "up", "resolved", "connected"],
  busy: [
    ...["provisioning", "deploying", "building", "queued", "pending", "updating", "restarting", "restoring"],
    ...["stopping", "deleting", "deprovisioning", "syncing"],
  ],
  warning: [
    "degraded",
    "misconfigured",
    "suspended",
    "acknowledged",
    "maintenance",
    "partial",
    "interrupted",
  ],
  bad: ["error", "failed", "down", "expired", "open", "fatal", "denied"],
  idle: [
    ...["stopped", "disabled", "paused", "sleeping", "canceled", "superseded", "archived", "ignored"],
    ...["disconnected", "deprovisioned"],
  ],
}

const tones = new Map(
  Object.entries(words).flatMap(([tone, all]) => all.map((word) => [word, tone as Tone] as const)),
)
tones.set("succeeded", "good").set("provisioned", "good")

/** Of a universal status. The same word is looked upon alike in every table. */
export function toneOf(status: string): Tone {
  return tones.get(status) ?? "unknown"
}
