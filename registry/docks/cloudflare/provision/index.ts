import { dnsRecord, dnsRecordActions, zoneRecordActions } from "./dns-records.ts"
import { deploymentActions, pagesActions, pagesDeployment, pagesProject } from "./pages.ts"
import { pagesUpload } from "./pages-upload.ts"
import { serviceActions } from "./services.ts"
import { bucketActions, d1Database, databaseActions, kvNamespace, r2Bucket } from "./storage.ts"
import { worker, workerActions } from "./workers.ts"
import { zone, zoneActions } from "./zones.ts"

export const provision = {
  zone,
  dnsRecord,
  pagesProject,
  pagesDeployment,
  pagesUpload,
  worker,
  d1Database,
  kvNamespace,
  r2Bucket,
}

export const actions = {
  domains: { ...zoneActions, ...zoneRecordActions },
  dnsRecords: dnsRecordActions,
  webServices: { ...serviceActions, ...pagesActions, ...workerActions },
  deployments: deploymentActions,
  databases: databaseActions,
  buckets: bucketActions,
}
