import { backupActions, scheduleActions, siteBackupActions } from "./backups.ts"
import { domain, domainActions } from "./domains.ts"
import { server, serverActions } from "./servers.ts"
import { siteActions } from "./site-actions.ts"
import { site } from "./sites.ts"

export const provision = { server, site, domain }

export const actions = {
  servers: serverActions,
  webServices: { ...siteActions, ...siteBackupActions },
  domains: domainActions,
  backupSchedules: scheduleActions,
  backups: backupActions,
}
