import { instant, type Row, resourceTable, text } from "./table.ts"
import { environment } from "./web-services.ts"

/** One build of a web service, from queue to traffic. */
export const deployments = resourceTable({
  name: "deployments",
  description: "One build of a web service, from queue to traffic.",
  statuses: ["queued", "building", "ready", "failed", "canceled", "superseded", "unknown"],
  columns: {
    webServiceProviderId: text(),
    environment: environment(),
    url: text(),
    branch: text(),
    commitSha: text(),
    commitMessage: text(),
    creator: text(),
    startedAt: instant(),
    finishedAt: instant(),
    errorMessage: text(),
  },
  searched: ["url", "branch", "commitSha", "commitMessage", "creator"],
  sorted: ["startedAt"],
  indexes: [["webServiceProviderId", "startedAt"]],
})
export type Deployment = Row<typeof deployments>
