import { readFileSync } from "node:fs"
import { join } from "node:path"
import { type Decision, decisionsIn } from "../create/decisions.ts"
import { dockFiles } from "../create/dock-files.ts"
import { formatterOf, generatorOf, runTool } from "../create/finish.ts"
import { findPlace, type Place } from "../create/place.ts"
import { showSpec } from "../create/show.ts"
import { specFrom } from "../create/source.ts"
import { defineCommand, dryRunOption, yesOption } from "../framework/command.ts"
import { CliError, usageError } from "../framework/error.ts"
import type { Output } from "../framework/output.ts"
import { install } from "../plan/install.ts"
import { applyChanges } from "../transaction/apply.ts"

const options = {
  openapi: {
    type: "string",
    value: "<file|url>",
    summary: "Read the API's description: OpenAPI, Swagger, Google discovery or Postman",
  },
  har: { type: "string", value: "<file>", summary: "Read captured traffic, saved by a browser or a proxy" },
  from: {
    type: "string",
    value: "<spec.json>",
    summary: "Take everything from a file, or from stdin with -",
  },
  table: {
    type: "string",
    value: "<table[=path]>",
    multiple: true,
    summary: "Only this table, from the list at that path; may be repeated",
  },
  title: { type: "string", value: "<name>", summary: "What people call the provider" },
  website: { type: "string", value: "<url>", summary: "The provider's website" },
  yes: yesOption,
  dryRun: dryRunOption,
  noInstall: { type: "boolean", summary: "Only write package.json, do not run the package manager" },
} as const

export const command = defineCommand({
  name: "create",
  usage: "<provider> [options]",
  args: { min: 1, max: 1 },
  options,
  examples: [
    "stackdock create acme",
    "stackdock create acme --openapi https://acme.example/openapi.json",
    "stackdock create acme --openapi acme.yaml --table servers=/v1/machines --table domains",
    "stackdock create acme --har acme.har",
    "stackdock create acme --openapi acme.yaml --dry-run --json > acme.json",
    "stackdock create acme --from acme.json --yes",
  ],
  async run({ args: [provider = ""], flags, cwd, out, ask }) {
    checkProvider(provider)
    const place = await findPlace(provider, cwd, out)
    const spec = await specFrom(provider, flags, cwd, ask)
    const files = dockFiles(spec, new Date().toISOString().slice(0, 10))
    const { changes, shared } = await place.plan(files)
    showSpec(spec, place, changes, out)
    if (!flags.dryRun) {
      const approved = flags.yes || (await ask.confirm("Write these files?", { answeredBy: "--yes" }))
      if (!approved) throw new CliError({ code: "declined", message: "Nothing was written." })
      applyChanges(place.dir, changes)
      await finish(place, out)
      if (shared && !flags.noInstall) await install(shared, out, { offline: false })
    }
    const decisions = decisionsIn(flags.dryRun ? files : asWritten(place, files.keys()))
    conclude(provider, place, decisions, flags.dryRun, out)
    out.json({
      provider,
      folder: place.folder,
      written: changes.map(({ path }) => path),
      decisions,
      spec,
      dryRun: flags.dryRun,
    })
    return 0
  },
})

function checkProvider(provider: string): void {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(provider) && provider.length <= 40) return
  throw usageError(
    `"${provider}" is no name for a provider: lower-case letters and digits, with single hyphens between.`,
    "stackdock create better-stack",
  )
}

/** The files have landed by then, and stay whatever happens. */
async function finish({ dir, folder, kind }: Place, out: Output): Promise<void> {
  const tools = [formatterOf(dir, folder), kind === "registry" ? generatorOf(dir) : undefined]
  for (const tool of tools) {
    if (!tool) continue
    const { ok, said } = await runTool(tool, dir)
    if (!ok) out.warn(`${tool.command} did not succeed:\n${said}`)
  }
}

/** As the formatter left them. */
function asWritten({ dir, folder }: Place, paths: Iterable<string>): Map<string, string> {
  return new Map([...paths].map((path) => [path, readFileSync(join(dir, folder, path), "utf8")]))
}

function conclude(
  provider: string,
  { folder, kind }: Place,
  decisions: readonly Decision[],
  dryRun: boolean,
  out: Output,
): void {
  const style = out.noteStyle
  if (!dryRun) out.note(`${style.tick} Created ${provider} ${style.dim(`(${folder})`)}`)
  if (decisions.length > 0) out.note(`${style.warn} ${decisions.length} places are for you to decide:`)
  for (const { file, line, what } of decisions) out.note(`  ${style.dim(`${file}:${line}`)} ${what}`)
  if (dryRun) return
  out.note(`  ${style.dim("→")} npx vitest run ${folder}`)
  if (kind === "project") out.note(`  ${style.dim("→")} npx stackdock connect ${provider}`)
}
