import { backupIntegrations } from "./backup-integrations.ts"
import { backupSchedules } from "./backup-schedules.ts"
import { backups } from "./backups.ts"
import { domains } from "./domains.ts"
import { servers } from "./servers.ts"
import { webServices } from "./web-services.ts"

export const sync = { servers, webServices, domains, backupIntegrations, backupSchedules, backups }
