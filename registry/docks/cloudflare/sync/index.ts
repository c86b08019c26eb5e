import { buckets } from "./buckets.ts"
import { databases } from "./databases.ts"
import { deployments } from "./deployments.ts"
import { dnsRecords } from "./dns-records.ts"
import { domains } from "./domains.ts"
import { webServices } from "./web-services.ts"

export const sync = { domains, dnsRecords, webServices, deployments, databases, buckets }
