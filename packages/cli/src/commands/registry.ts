import { type Context, defineCommand, dryRunOption, type Options, yesOption } from "../framework/command.ts"
import { CliError, usageError } from "../framework/error.ts"
import { didYouMean } from "../framework/nearest.ts"
import type { Style } from "../framework/style.ts"
import { parseRegistry, registriesChange } from "../plan/registries.ts"
import { placeholder, variablesOf } from "../registry/environment.ts"
import { openRegistries, readIndex } from "../registry/source.ts"
import { type Namespaces, type RegistryPlace, requireConfig } from "../state/config.ts"
import { readLock } from "../state/lock.ts"
import { applyChanges } from "../transaction/apply.ts"
import { recoverInterrupted } from "../transaction/recover.ts"

const options = {
  yes: yesOption,
  dryRun: dryRunOption,
  header: {
    type: "string",
    value: "<name: value>",
    multiple: true,
    summary: `Send this header; ${placeholder("VARIABLES")} for secrets`,
  },
  param: {
    type: "string",
    value: "<name=value>",
    multiple: true,
    summary: `Send this query parameter; ${placeholder("VARIABLES")} for secrets`,
  },
  offline: { type: "boolean", summary: "Do not ask the registry whether it is there" },
} as const satisfies Options

type Work = (context: Context<typeof options>) => Promise<number>

const actions: Readonly<Record<string, Work>> = { add, list, remove }

export const command = defineCommand({
  name: "registry",
  usage: "<add|list|remove> [@name=url...] [options]",
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  options,
  examples: [
    "stackdock registry add @acme=https://acme.example/r/{name}.json",
    `stackdock registry add @acme=https://acme.example/r --header 'Authorization: Bearer ${placeholder("ACME_TOKEN")}'`,
    "stackdock registry add @ours=../registry/r",
    "stackdock registry add @acme=acme/registry#main",
    "stackdock registry list",
    "stackdock registry remove @acme",
  ],
  async run(context) {
    const [name = ""] = context.args
    const work = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (work) return await work(context)
    const names = Object.keys(actions)
    throw usageError(`registry cannot "${name}".`, didYouMean(name, names) ?? `It can ${names.join(", ")}.`)
  },
})

async function add(context: Context<typeof options>): Promise<number> {
  const { args, flags, cwd, out } = context
  const config = projectConfig(cwd)
  const [, ...texts] = args
  if (texts.length === 0)
    throw usageError(
      "registry add needs a name and an address.",
      "stackdock registry add @acme=https://acme.example/r/{name}.json",
    )
  const given = { headers: flags.header, params: flags.param }
  const added = texts.map((text) => parseRegistry(text, given, { cwd, dir: config.dir }))
  const registries = {
    ...config.registries,
    ...Object.fromEntries(added.map(({ name, place }) => [name, place])),
  }
  for (const { name, place } of added) showPlace(name, place, out.noteStyle, (line) => out.note(line))
  for (const { name } of added) await showContents(name, registries, context, config.dir)
  await apply(context, config, registries, "Write stackdock.json?")
  const written = !flags.dryRun
  if (written) {
    out.note(`${out.noteStyle.tick} ${added.map(({ name }) => name).join(", ")} can be added from`)
    out.note(`  ${out.noteStyle.dim("→")} npx stackdock list --registry ${added[0]?.name}`)
  }
  out.json({ registries, written })
  return 0
}

async function list({ args, cwd, out }: Context<typeof options>): Promise<number> {
  if (args.length > 1) throw usageError(`registry list does not know what to do with "${args[1]}".`)
  const { registries } = projectConfig(cwd)
  out.json(
    Object.entries(registries).map(([name, place]) => ({
      name,
      ...place,
      missing: variables(place).filter((variable) => !process.env[variable]),
    })),
  )
  out.print(`${out.style.cyan("@stackdock")}  ${out.style.dim("comes with the command")}`)
  for (const [name, place] of Object.entries(registries))
    showPlace(name, place, out.style, (line) => out.print(line))
  return 0
}

async function remove(context: Context<typeof options>): Promise<number> {
  const { args, flags, cwd, out } = context
  const config = projectConfig(cwd)
  const [, ...names] = args
  if (names.length === 0) throw usageError("registry remove needs a name.", "stackdock registry list")
  for (const name of names) {
    if (Object.hasOwn(config.registries, name)) continue
    throw usageError(
      `${name} is no registry of this project.`,
      didYouMean(name, Object.keys(config.registries)) ?? "stackdock registry list",
    )
  }
  const { items } = readLock(config.dir).lock
  const orphans = Object.keys(items).filter((item) => names.includes(items[item]?.registry ?? ""))
  if (orphans.length > 0) out.warn(`${orphans.join(", ")} came from there, and will get no updates any more.`)
  const registries = Object.fromEntries(
    Object.entries(config.registries).filter(([name]) => !names.includes(name)),
  )
  await apply(context, config, registries, `Forget ${names.join(", ")}?`)
  if (!flags.dryRun) out.note(`${out.noteStyle.tick} Forgot ${names.join(", ")}`)
  out.json({ registries, written: !flags.dryRun })
  return 0
}

function projectConfig(cwd: string) {
  const { dir } = requireConfig(cwd)
  recoverInterrupted(dir)
  return requireConfig(cwd)
}

async function apply(
  { flags, ask }: Context<typeof options>,
  config: ReturnType<typeof projectConfig>,
  registries: Namespaces,
  question: string,
): Promise<void> {
  if (flags.dryRun) return
  const approved = flags.yes || (await ask.confirm(question, { answeredBy: "--yes" }))
  if (!approved) throw new CliError({ code: "declined", message: "Nothing was written." })
  applyChanges(config.dir, [registriesChange(config, registries)])
}

/** Whether there is a registry at all is worth knowing now; a token may come later, and that is no reason to refuse. */
async function showContents(
  name: string,
  registries: Namespaces,
  { flags, out }: Context<typeof options>,
  dir: string,
): Promise<void> {
  if (flags.offline) return
  try {
    const index = await readIndex(await openRegistries({ dir, registries, offline: false }).at(name))
    out.note(
      `  ${out.noteStyle.dim("holds".padEnd(8))}  ${index.items.length} ${index.items.length === 1 ? "item" : "items"}`,
    )
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    out.warn(error.message)
  }
}

function showPlace(name: string, place: RegistryPlace, style: Style, print: (line: string) => void): void {
  print(`${style.cyan(name)}  ${place.url}`)
  for (const [key, value] of Object.entries({ ...place.headers, ...place.params })) {
    const missing = variablesOf(value).filter((variable) => !process.env[variable])
    const note = missing.length > 0 ? style.yellow(`  (${missing.join(", ")} is not set)`) : ""
    print(`  ${style.dim(key)}  ${value}${note}`)
  }
}

function variables({ headers, params }: RegistryPlace): string[] {
  return Object.values({ ...headers, ...params }).flatMap(variablesOf)
}
