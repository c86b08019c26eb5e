import { readFileSync } from "node:fs"
import { kebab } from "../openapi/names.ts"
import { packaged } from "../packaged.ts"
import { apiFile } from "./files/api-file.ts"
import { envelopesFile } from "./files/envelopes-file.ts"
import { indexFile } from "./files/index-file.ts"
import { type Naming, namingFor } from "./files/naming.ts"
import { provisionFile, provisionIndexFile } from "./files/provision-files.ts"
import { readmeFile } from "./files/readme-file.ts"
import { scopesFile } from "./files/scopes-file.ts"
import { syncFile, syncFileName, syncIndexFile } from "./files/sync-files.ts"
import { typesFile } from "./files/types-file.ts"
import { sampleMakes } from "./recordings/cycles.ts"
import { recordingFiles, sampleCredentials } from "./recordings/index.ts"
import type { DockSpec } from "./spec.ts"

/** Every file of a dock, by its path in the dock's folder, in the registry's own form. */
export function dockFiles(spec: DockSpec, date: string): Map<string, string> {
  const naming = namingFor(spec)
  const { provider, resources } = spec
  const made = resources.flatMap((resource) =>
    resource.making ? [{ resource, making: resource.making }] : [],
  )
  const holes = { CREDENTIALS: sampleCredentials(spec), MAKES: sampleMakes(spec) }
  const template = (name: string) => fromTemplate(name, spec, naming, holes)
  const scopes = scopesFile(spec, naming)
  const hasRecordNames = resources.some(({ columns }) => columns["name"]?.as === "name in zone")
  return new Map([
    ["index.ts", indexFile(spec, naming)],
    ["api.ts", apiFile(spec, naming)],
    ["envelopes.ts", envelopesFile(spec, naming)],
    ["types.ts", typesFile(spec, naming)],
    ["sync/index.ts", syncIndexFile(spec)],
    ...(scopes ? [["sync/scopes.ts", scopes] as const] : []),
    ...(hasRecordNames ? [["sync/names.ts", template("sync/names.ts")] as const] : []),
    ...resources.map((resource) => [syncFileName(resource), syncFile(resource, naming)] as const),
    ...(made.length > 0
      ? ([
          ["gone.ts", template("gone.ts")],
          ["provision/index.ts", provisionIndexFile(spec)],
          ...(made.some(({ resource, making }) => provisionFile(resource, making, naming).includes("findIn"))
            ? [["provision/find.ts", template("provision/find.ts")] as const]
            : []),
          ...made.map(
            ({ resource, making }) =>
              [`provision/${kebab(resource.table)}.ts`, provisionFile(resource, making, naming)] as const,
          ),
          ["provision.contract.test.ts", template("provision.contract.test.ts")],
        ] as const)
      : []),
    [`${provider}.contract.test.ts`, template("contract.test.ts")],
    ["README.md", readmeFile(spec)],
    ...recordingFiles(spec, date),
  ])
}

/** A template is a file of a dock for a provider called Acme. */
function fromTemplate(
  name: string,
  { provider, title }: DockSpec,
  { client, dock }: Naming,
  holes: Readonly<Record<string, unknown>>,
): string {
  const text = readFileSync(packaged(`templates/dock/${name}`), "utf8")
  return text
    .replaceAll("AcmeApi", client)
    .replaceAll('"acme"', JSON.stringify(provider))
    .replaceAll("`acme:", `\`${provider}:`)
    .replace(/\bacme\b/g, dock)
    .replace(/\bAcme\b/g, title)
    .replace(/\b(CREDENTIALS|MAKES)\b/g, (hole) => JSON.stringify(holes[hole], null, 2))
}
