const order = ["fatal", "error", "warning", "info", "debug"]

/** The gravest first, and of those what occurred last. What is not told comes after what is. */
export function bySeverity<Issue extends { severity: string | null; lastOccurredAt: string | null }>(
  issues: readonly Issue[],
): Issue[] {
  const rank = ({ severity }: Issue) => (severity ? order.indexOf(severity) : order.length)
  return [...issues].sort(
    (a, b) => rank(a) - rank(b) || (b.lastOccurredAt ?? "").localeCompare(a.lastOccurredAt ?? ""),
  )
}
