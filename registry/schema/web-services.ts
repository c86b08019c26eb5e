import { flag, instant, oneOf, type Row, resourceTable, text } from "./table.ts"

export const environment = () => oneOf(["production", "staging", "preview", "development"])

/** Sites and applications that answer HTTP. */
export const webServices = resourceTable({
  name: "webServices",
  description: "Sites and applications that answer HTTP.",
  statuses: ["provisioning", "active", "deploying", "suspended", "stopped", "deleting", "error", "unknown"],
  columns: {
    productionUrl: text(),
    environment: environment(),
    /** The live sibling of a staging or preview service. */
    parentProviderId: text(),
    serverProviderId: text(),
    region: text(),
    framework: text(),
    runtime: text(),
    repositoryUrl: text(),
    branch: text(),
    sslEnabled: flag(),
    autoDeploy: flag(),
    lastDeployedAt: instant(),
  },
  searched: ["productionUrl", "repositoryUrl", "branch"],
  lookups: ["productionUrl", "repositoryUrl"],
  restless: ["lastDeployedAt"],
  indexes: [["serverProviderId"], ["parentProviderId"]],
})
export type WebService = Row<typeof webServices>
