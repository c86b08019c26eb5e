import { instant, integer, oneOf, type Row, resourceTable, text } from "./table.ts"

export const issues = resourceTable({
  name: "issues",
  description: "Errors and incidents that a monitoring provider grouped. `name` is the title.",
  statuses: ["open", "acknowledged", "resolved", "ignored", "unknown"],
  columns: {
    severity: oneOf(["fatal", "error", "warning", "info", "debug"]),
    projectName: text(),
    assignee: text(),
    occurrences: integer(),
    usersAffected: integer(),
    firstSeenAt: instant(),
    lastOccurredAt: instant(),
    resolvedAt: instant(),
    webServiceProviderId: text(),
    monitorProviderId: text(),
  },
  searched: ["projectName", "assignee"],
  sorted: ["lastOccurredAt"],
  restless: ["occurrences", "usersAffected", "lastOccurredAt"],
  indexes: [["webServiceProviderId"], ["monitorProviderId"]],
})
export type Issue = Row<typeof issues>
