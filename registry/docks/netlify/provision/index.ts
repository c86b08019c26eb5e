import { deploymentActions } from "./deployment-actions.ts"
import { deployment } from "./deployments.ts"
import { dnsRecordActions } from "./dns-record-actions.ts"
import { dnsRecord } from "./dns-records.ts"
import { environmentActions } from "./environment-actions.ts"
import { siteActions } from "./site-actions.ts"
import { site } from "./sites.ts"
import { domain } from "./zones.ts"

export const provision = { site, deployment, domain, dnsRecord }

export const actions = {
  webServices: { ...siteActions, ...environmentActions },
  deployments: deploymentActions,
  dnsRecords: dnsRecordActions,
}
