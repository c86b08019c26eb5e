import { kebab } from "../../openapi/names.ts"
import { codeFor, keyCode } from "../path.ts"
import { columnOrder } from "../rows.ts"
import type { Column, DockSpec, Resource } from "../spec.ts"
import {
  bindingsOf,
  listMethod,
  type Naming,
  scopeKey,
  scopesFunction,
  typeName,
  variable,
} from "./naming.ts"

export function syncIndexFile({ resources }: DockSpec): string {
  const names = resources.map(({ table }) => table)
  return [
    ...[...names].sort().map((name) => `import { ${name} } from "./${kebab(name)}.ts"`),
    "",
    `export const sync = { ${names.join(", ")} }`,
    "",
  ].join("\n")
}

export function syncFileName({ table }: Resource): string {
  return `sync/${kebab(table)}.ts`
}

/** Where the rows of one table come from, and the pure mapping. */
export function syncFile(resource: Resource, naming: Naming): string {
  const { table, list, status, redact } = resource
  const type = typeName(naming, list.noun)
  const item = variable(list.noun)
  const statusCode = mappedStatus(resource)
  const lines = mapLines(resource, item, statusCode.line)
  const usesScope = lines.some((line) => /\bscope\./.test(line))
  const given = bindingsOf(list).filter(({ from }) => from === "scope")
  const call = `api.${listMethod(list)}(${given.map(({ name }) => `data?.${name} ?? ""`).join(", ")})`
  const core = [
    ...dateImports(resource),
    ...(lines.some((line) => line.includes("hostname("))
      ? ['import { hostname } from "../../../core/hostname.ts"']
      : []),
    'import { resource } from "../../../core/resource.ts"',
    ...(status.from === undefined ? [] : ['import { statusWords } from "../../../core/status.ts"']),
  ]
  const own = [
    `import type { ${naming.client} } from "../api.ts"`,
    `import { ${type} } from "../types.ts"`,
    ...(lines.some((line) => line.includes("fullName(")) ? ['import { fullName } from "./names.ts"'] : []),
    ...(list.within ? [`import { ${scopesFunction(list)} } from "./scopes.ts"`] : []),
  ]
  const listLine = list.within
    ? [`  scopes: ${scopesFunction(list)},`, `  list: (api: ${naming.client}, { data }) => ${call},`]
    : [`  list: (api: ${naming.client}) => ${call},`]
  const argument = usesScope ? `(${item}, scope)` : `(${item})`
  return [
    ...core,
    ...own,
    "",
    ...statusCode.declaration,
    `export const ${table} = resource("${table}", ${type}, {`,
    ...listLine,
    `  map: ${argument} => ({`,
    ...lines.map((line) => `    ${line}`),
    "  }),",
    ...(redact.length > 0 ? [`  redact: ${JSON.stringify(redact)},`] : []),
    "})",
    "",
  ].join("\n")
}

function dateImports({ columns }: Resource): string[] {
  const names: Partial<Record<Column["as"], string>> = {
    "ISO time": "instantFrom",
    seconds: "instantFromSeconds",
    milliseconds: "instantFromMilliseconds",
  }
  const used = new Set(Object.values(columns).flatMap(({ as }) => names[as] ?? []))
  return used.size > 0 ? [`import { ${[...used].sort().join(", ")} } from "../../../core/dates.ts"`] : []
}

/** Whether making one looks at its status: then the words are shared. */
function watchesStatus(resource: Resource): boolean {
  const { pending, failed } = watchWords(resource)
  return resource.making !== undefined && pending.length + failed.length > 0
}

/** The words of a status that say that it is not ready yet, and that it never will be. */
export function watchWords({ status, table }: Resource): { pending: string[]; failed: string[] } {
  const meant = Object.values(status.words)
  const underWay = table === "backups" ? [...UNDER_WAY, "running"] : UNDER_WAY
  return {
    pending: underWay.filter((word) => meant.includes(word)),
    failed: FAILED.filter((word) => meant.includes(word)),
  }
}

const UNDER_WAY = ["provisioning", "queued", "pending", "building", "deploying"]
const FAILED = ["error", "failed"]

export function statusName({ list }: Pick<Resource, "list">): string {
  return `${variable(list.noun)}Status`
}

function mappedStatus(resource: Resource): { declaration: string[]; line: string[] } {
  const { status, list } = resource
  if (status.from === undefined) {
    const decide = status.decide ? [`// DECIDE: ${status.decide}`] : []
    return { declaration: [], line: [...decide, `status: "${status.always ?? "unknown"}" as const,`] }
  }
  const name = statusName(resource)
  const words = Object.entries(status.words).map(([word, meaning]) => `  ${keyCode(word)}: "${meaning}",`)
  const open = status.open.map((word) => `"${word}"`).join(", ")
  const comments = [
    ...(status.open.length > 0
      ? [`  // DECIDE: what is meant by ${open}? Until it stands here, it is unknown.`]
      : []),
    ...(status.decide ? [`  // DECIDE: ${status.decide}`] : []),
  ]
  return {
    declaration: [
      `${watchesStatus(resource) ? "export " : ""}const ${name} = statusWords${words.length === 0 ? "<never>" : ""}({`,
      ...words,
      ...comments,
      "})",
      "",
    ],
    line: [`...${name}(${codeFor(variable(list.noun), status.from)}),`],
  }
}

function mapLines(resource: Resource, item: string, status: readonly string[]): string[] {
  const { table, columns } = resource
  const id = codeFor(item, columns["providerResourceId"]?.from ?? "id")
  return columnOrder(table).flatMap((column) => {
    if (column === "status") return status
    if (column === "providerResourceId") return [`providerResourceId: ${id},`]
    const source = columns[column]
    if (column === "name") return [`name: ${nameCode(source, item, id)},`]
    if (source) return [`${column}: ${valueCode(source, resource, item)},`]
    return EXPECTED[table]?.includes(column) ? [`// DECIDE: nothing was found for \`${column}\`.`] : []
  })
}

/** Columns without which a row says little. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  servers: ["primaryIpAddress", "region"],
  webServices: ["productionUrl"],
  deployments: ["webServiceProviderId"],
  dnsRecords: ["recordType", "content"],
  databases: ["engine"],
  blockVolumes: ["sizeGb"],
  buckets: ["region"],
  backups: ["takenAt"],
  monitors: ["url"],
}

function nameCode(source: Column | undefined, item: string, id: string): string {
  if (!source) return id
  const told = codeFor(item, source.from)
  if (source.as === "host name") return `hostname(${told})?.name ?? ${id}`
  if (source.as === "name in zone") return `fullName(${told}, scope.name) ?? ${id}`
  return told === id ? id : `${told} || ${id}`
}

function valueCode({ from, as }: Column, { list }: Resource, item: string): string {
  if (as === "scope") return `scope.data?.${scopeKey(list)}`
  const told = codeFor(item, from)
  switch (as) {
    case "GB to MB":
      return `${told} == null ? null : Math.round(${told} * 1024)`
    case "MB to GB":
      return `${told} == null ? null : Math.round(${told} / 1024)`
    case "ISO time":
      return `instantFrom(${told})`
    case "seconds":
      return `instantFromSeconds(${told})`
    case "milliseconds":
      return `instantFromMilliseconds(${told})`
    default:
      return told
  }
}
