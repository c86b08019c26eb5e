import {
  AppWindowIcon,
  ArchiveIcon,
  BugIcon,
  CalendarClockIcon,
  CloudUploadIcon,
  DatabaseIcon,
  FolderGit2Icon,
  GlobeIcon,
  HardDriveIcon,
  HeartPulseIcon,
  type LucideIcon,
  PackageIcon,
  RocketIcon,
  ServerIcon,
  SignpostIcon,
} from "lucide-react"
import type { ResourceTableName } from "../../schema/index.ts"

export const tableIcons: Record<ResourceTableName, LucideIcon> = {
  servers: ServerIcon,
  webServices: AppWindowIcon,
  deployments: RocketIcon,
  domains: GlobeIcon,
  dnsRecords: SignpostIcon,
  databases: DatabaseIcon,
  blockVolumes: HardDriveIcon,
  buckets: PackageIcon,
  backupSchedules: CalendarClockIcon,
  backupIntegrations: CloudUploadIcon,
  backups: ArchiveIcon,
  monitors: HeartPulseIcon,
  issues: BugIcon,
  repositories: FolderGit2Icon,
}

export function TableIcon({ table, className }: { table: ResourceTableName; className?: string }) {
  const Icon = tableIcons[table]
  return <Icon aria-hidden className={className} />
}
