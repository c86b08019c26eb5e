import { deployment, deploymentActions } from "./deployments.ts"
import { dnsRecord, dnsRecordActions } from "./dns-records.ts"
import { domain, domainActions, projectDomain } from "./domains.ts"
import { projectActions } from "./project-actions.ts"
import { webService } from "./projects.ts"

export const provision = { webService, deployment, domain, projectDomain, dnsRecord }

export const actions = {
  webServices: projectActions,
  deployments: deploymentActions,
  domains: domainActions,
  dnsRecords: dnsRecordActions,
}
