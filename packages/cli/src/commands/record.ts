import { relative, resolve } from "node:path"
import { type Captured, capture, withRecognisableName } from "../dock/capture.ts"
import { capturedIn } from "../dock/captured.ts"
import { type DockHome, findHome } from "../dock/home.ts"
import { type LoadedDock, loadDock } from "../dock/load.ts"
import { isWhole } from "../dock/replay.ts"
import { type Context, defineCommand, dryRunOption, yesOption } from "../framework/command.ts"
import { CliError, usageError } from "../framework/error.ts"
import { planRecord, type RecordPlan, type Seen } from "../plan/record.ts"
import { recordDocument, showRecordPlan } from "../plan/show-record.ts"
import { count, printable } from "../runtime/format.ts"
import { cancelOnInterrupt } from "../runtime/interrupt.ts"
import { operationNamed } from "../runtime/operation-help.ts"
import { credentialsFromPerson, credentialsFromStdin } from "../runtime/read-credentials.ts"
import { inputInWords, inputOptions, readInput } from "../runtime/read-input.ts"
import { asCliError } from "../runtime/run.ts"
import { type Treatment, treatments } from "../traffic/scrub/collect.ts"
import { applyChanges } from "../transaction/apply.ts"

const options = {
  har: { type: "string", value: "<file>", summary: "Read captured traffic instead of asking the provider" },
  out: { type: "string", value: "<dir>", summary: "Another folder than the dock's recordings" },
  treat: {
    type: "string",
    value: "<field=what>",
    multiple: true,
    summary: `Says what a field holds: ${treatments.join(", ")}; may be repeated`,
  },
  writes: {
    type: "string",
    value: "<kind>",
    summary: "Also make one thing of this kind, and remove it again",
  },
  ...inputOptions,
  baseUrl: { type: "string", value: "<url>", summary: "Another address of the same API" },
  credentialsStdin: { type: "boolean", summary: "Read the credential from stdin, as one JSON object" },
  dryRun: dryRunOption,
  yes: yesOption,
} as const

type RecordContext = Context<typeof options>

export const command = defineCommand({
  name: "record",
  usage: "<provider> [options]",
  args: { min: 1, max: 1 },
  options,
  examples: [
    "stackdock record gridpane --dry-run",
    "stackdock record vercel --har traffic.har",
    "stackdock record vercel --treat 'creator.avatar=id' --yes",
    "stackdock record vercel --writes dnsRecord --file record.json",
  ],
  async run(context) {
    const { args, flags, cwd, out, ask } = context
    const [provider = ""] = args
    const treat = treatIn(flags.treat)
    if (flags.har !== undefined && flags.writes !== undefined) {
      throw usageError("--writes makes something at the provider, and --har asks nothing of it.")
    }
    const home = findHome(cwd)
    const folder = folderIn(home, provider, cwd, flags.out)
    const dock = await loadDock(home, provider)
    const { seen, left } =
      flags.har === undefined
        ? await live(dock, context)
        : { seen: capturedIn(dock, resolve(cwd, flags.har), flags.har, out), left: [] }
    const plan = await planRecord({
      dock,
      seen,
      folder,
      dir: home.dir,
      treat,
      kind: flags.writes,
    })
    showRecordPlan(plan, out, flags.dryRun)
    for (const thing of left)
      out.warn(`Still at ${dock.definition.title}, for you to remove: ${printable(thing)}`)
    refuseUndecided(plan)
    const real = plan.changes.filter(({ before, after }) => before !== after)
    if (!flags.dryRun && real.length > 0) {
      const what = real.length === 1 ? "1 recording" : `${count(real.length)} recordings`
      const question = `Write ${what}?`
      const approved = flags.yes || (await ask.confirm(question, { answeredBy: "--yes" }))
      if (!approved) throw new CliError({ code: "declined", message: "Nothing was written." })
      applyChanges(home.dir, real)
      out.note(`${out.noteStyle.tick} Wrote ${what} to ${folder}`)
      out.note(
        `  ${out.noteStyle.dim("→")} Read them before you commit them, then: npx stackdock check ${provider}`,
      )
    }
    out.json(recordDocument(plan, left, flags.dryRun))
    return left.length > 0 || !isWhole(plan.replayed) ? 1 : 0
  },
})

function treatIn(given: readonly string[]): Map<string, Treatment> {
  return new Map(
    given.map((text) => {
      const [, path = "", what = ""] = /^(.+)=([^=]*)$/.exec(text) ?? []
      const treatment = treatments.find((known) => known === what)
      if (treatment && path !== "") return [path, treatment]
      throw usageError(
        `--treat takes field=what, not "${text}".`,
        `What it holds is one of ${treatments.join(", ")}: --treat 'data[].blob=secret'`,
      )
    }),
  )
}

function folderIn({ dir, root }: DockHome, provider: string, cwd: string, out: string | undefined): string {
  if (out === undefined) return `${root}/docks/${provider}/recordings`
  const folder = relative(dir, resolve(cwd, out)).replaceAll("\\", "/")
  if (folder !== "" && !folder.startsWith("..")) return folder
  throw usageError(`--out must be a folder inside ${dir}.`)
}

async function live(
  dock: LoadedDock,
  context: RecordContext,
): Promise<{ seen: Seen; left: readonly string[] }> {
  const { flags, out, ask, cwd } = context
  const { provider, title } = dock.definition
  const shape = dock.open()
  const writes = await writesIn(flags.writes)
  const given = flags.baseUrl === undefined ? {} : { baseUrl: flags.baseUrl }
  const credentials = flags.credentialsStdin
    ? { ...(await credentialsFromStdin(process.stdin)), ...given }
    : await credentialsFromPerson(provider, shape.credentialFields(provider), given, ask)
  if (writes && !flags.yes) {
    const question = `Make a ${writes.kind} at ${title} (${printable(writes.words)}) and remove it again? It may cost something.`
    const sure = await ask.confirm(question, { answeredBy: "--yes" })
    if (!sure) throw new CliError({ code: "declined", message: "Nothing was made." })
  }
  const live = out.live()
  const interrupt = cancelOnInterrupt(() => {
    live.finish(
      "stop",
      "Stopping, once what is under way is answered and removed … press Ctrl-C again to kill.",
    )
  })
  try {
    const result = await capture(dock, {
      credentials,
      writes,
      signal: interrupt.signal,
      onRequest: (line) => live.set("request", out.noteStyle.dim(printable(line))),
    })
    live.stop()
    refuseFailed(result, interrupt.signal)
    return { seen: result, left: result.written?.left ?? [] }
  } catch (error) {
    throw asCliError(error)
  } finally {
    live.stop()
    interrupt.stop()
  }

  async function writesIn(kind: string | undefined) {
    if (kind === undefined) return undefined
    const { fields } = operationNamed(shape.operations(provider).kinds, kind, "kind")
    const input = await readInput(fields, flags, cwd, ask)
    const writes = withRecognisableName({ kind, input }, fields)
    return { ...writes, words: inputInWords(fields, writes.input) }
  }
}

/** A part of an account would pass for the whole of it. */
function refuseFailed({ report, written }: Captured, signal: AbortSignal): void {
  const left = written?.left ?? []
  const still = left.length > 0 ? ` Still there, for you to remove: ${left.join(", ")}.` : ""
  if (signal.aborted) {
    throw new CliError({
      code: "canceled",
      message: `Canceled. Nothing was written.${still}`,
      details: { left },
    })
  }
  const failed = report.scopes.find(({ error }) => error)?.error ?? report.error
  if (!failed) return
  throw new CliError({
    code: failed.code,
    message: `The account could not be read whole, so nothing was recorded: ${printable(failed.message)}${still}`,
    hint: failed.suggestion === undefined ? undefined : printable(failed.suggestion),
    details: { left },
  })
}

function refuseUndecided({ undecided }: RecordPlan): void {
  const [first] = undecided
  if (!first) return
  const lines = undecided.map(({ path, where, what }) => `\n    ${printable(`${path}: ${what} (${where})`)}`)
  throw new CliError({
    code: "undecided",
    message: `Nothing was written, because nobody can tell what these are:${lines.join("")}`,
    hint: `Say what each holds (${treatments.join(", ")}): --treat '${first.path}=secret'`,
    exitCode: 3,
    details: { undecided },
  })
}
