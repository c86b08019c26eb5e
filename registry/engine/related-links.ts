import { type ResourceRow, type ResourceTableName, resourceTables } from "../schema/index.ts"
import type { Question } from "./related.ts"

/** Columns that hold the provider's id of another row of the same account. */
const links: Readonly<Record<string, ResourceTableName>> = {
  webServiceProviderId: "webServices",
  serverProviderId: "servers",
  databaseProviderId: "databases",
  domainProviderId: "domains",
  backupIntegrationProviderId: "backupIntegrations",
  monitorProviderId: "monitors",
}

/** What is shown beside the row of such an id. */
const wholes: Readonly<Record<string, string>> = {
  webServiceProviderId: "The service that it belongs to",
  serverProviderId: "The server that it is on",
  databaseProviderId: "The database that it is of",
  domainProviderId: "The zone that it is in",
  backupIntegrationProviderId: "Where the copies go",
  monitorProviderId: "The monitor that has found it",
  parentProviderId: "What it is a copy of",
}

/** What is shown beside rows that name this one. */
const parts: Readonly<Record<string, string>> = {
  "servers.webServices": "Services on this server",
  "servers.databases": "Databases on this server",
  "servers.blockVolumes": "Volumes of this server",
  "servers.domains": "Domains on this server",
  "servers.backupSchedules": "Backup schedules on this server",
  "servers.backups": "Backups from this server",
  "webServices.webServices": "Copies of it for staging and previews",
  "webServices.deployments": "Its deployments",
  "webServices.domains": "Domains attached to it",
  "webServices.backupSchedules": "Its backup schedules",
  "webServices.backups": "Its backups",
  "webServices.monitors": "Monitors that watch it",
  "webServices.issues": "Issues in it",
  "databases.databases": "Its replicas and branches",
  "databases.backupSchedules": "Its backup schedules",
  "databases.backups": "Its backups",
  "domains.dnsRecords": "Records of this zone",
  "backupIntegrations.backupSchedules": "Schedules that back up to it",
  "backupIntegrations.backups": "Backups in it",
  "monitors.issues": "Issues that it has found",
}

/** By the ids that rows of one account name each other with, both ways. */
export function linkQuestions(table: ResourceTableName, row: ResourceRow): Question[] {
  const columns: Readonly<Record<string, unknown>> = row
  const whole = linksOf(table).map(({ column, target }): Question => {
    const because = wholes[column] ?? "What it is a part of"
    const values = textsOf(columns[column])
    return {
      ...inDock(target),
      column: "providerResourceId",
      values,
      is: () => ({ relation: "whole", because }),
    }
  })
  const part = Object.values(resourceTables).flatMap(({ name }) =>
    linksOf(name)
      .filter(({ target }) => target === table)
      .map(({ column }): Question => {
        const because = parts[`${table}.${name}`] ?? "Part of it"
        return {
          ...inDock(name),
          column,
          values: [row.providerResourceId],
          is: () => ({ relation: "part", because }),
        }
      }),
  )
  const backedUp: Question = {
    ...inDock("webServices"),
    column: "providerResourceId",
    values: textsOf(columns["webServiceProviderIds"]),
    is: () => ({ relation: "part", because: "Services that are backed up to it" }),
  }
  return [...whole, ...part, backedUp]
}

function linksOf(table: ResourceTableName): { column: string; target: ResourceTableName }[] {
  return Object.keys(resourceTables[table].own).flatMap((column) => {
    const target = column === "parentProviderId" ? table : links[column]
    return target ? [{ column, target }] : []
  })
}

function inDock(table: ResourceTableName) {
  return { table, among: "dock" } as const
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((text) => typeof text === "string")
}
