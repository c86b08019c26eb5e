import type { Operation } from "../../../engine/provision-report.ts"
import type { ProviderInfo } from "../../../engine/reading.ts"
import type { SentProvisionReport } from "../../data/port.ts"

/** What is made or removed, as the dock calls it: `DNS record`. */
export function kindTitle(
  report: SentProvisionReport,
  providers: readonly ProviderInfo[] | undefined,
): string {
  return kindOf(report, providers)?.title ?? report.kind
}

export function kindOf(
  { provider, kind }: SentProvisionReport,
  providers: readonly ProviderInfo[] | undefined,
): Operation | undefined {
  return providers?.find((one) => one.provider === provider)?.kinds.find(({ name }) => name === kind)
}

/** What people will know it by: what they have called it, or else its id. */
export function subjectOf({ input, providerResourceId, id }: SentProvisionReport): string {
  const named = ["name", "url", "domain", "project"].map((field) => input[field])
  const found = named.find((value) => typeof value === "string" && value !== "")
  return typeof found === "string" ? found : (providerResourceId ?? id)
}

export function isUnfinished({ state }: Pick<SentProvisionReport, "state">): boolean {
  return state === "provisioning" || state === "deprovisioning"
}

type StepOutcome = SentProvisionReport["steps"][number]["outcome"]

/** How far a step is. What was begun and never answered is something else once nobody is at work any more. */
export function stepWords(outcome: StepOutcome, isOver: boolean): { tone: StepTone; word: string } {
  switch (outcome) {
    case "started":
      return isOver ? { tone: "warning", word: "May have been made" } : { tone: "busy", word: "Being made" }
    case "made":
      return { tone: "good", word: "Made" }
    case "undone":
      return { tone: "idle", word: "Removed again" }
    case "left":
      return { tone: "bad", word: "Could not be removed, and is still there" }
    case "unknown":
      return { tone: "warning", word: "Given up; nobody knows whether it was made" }
  }
}

type StepTone = "good" | "busy" | "warning" | "bad" | "idle"
