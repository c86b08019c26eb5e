import { StateBadge } from "../../badges/status-badge.tsx"
import { ToneBadge } from "../../badges/tone-badge.tsx"
import type { SentProvisionReport } from "../../data/port.ts"
import { isUnfinished } from "./report-words.ts"

/** How far it is: also where it rests, and why. */
export function ReportBadge({ report }: { report: SentProvisionReport }) {
  if (report.needsDecision) return <ToneBadge tone="warning" word="Needs a decision" />
  if (isUnfinished(report) && report.error) return <ToneBadge tone="warning" word="Interrupted" />
  return <StateBadge state={report.state} />
}
