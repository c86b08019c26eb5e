import { deployments } from "./deployments.ts"
import { dnsRecords } from "./dns-records.ts"
import { domains } from "./domains.ts"
import { webServices } from "./web-services.ts"

export const sync = { webServices, deployments, domains, dnsRecords }
