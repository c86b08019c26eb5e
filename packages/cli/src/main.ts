import { statSync } from "node:fs"
import { resolve } from "node:path"
import manifest from "../package.json" with { type: "json" }
import { type CommandEntry, commandGroups } from "./commands/index.ts"
import { Ask } from "./framework/ask.ts"
import { CliError, usageError } from "./framework/error.ts"
import { commandHelp, overview } from "./framework/help.ts"
import { didYouMean } from "./framework/nearest.ts"
import { Output } from "./framework/output.ts"
import { checkCount, parse } from "./framework/parse.ts"
import { styleFor } from "./framework/style.ts"

/** Runs one command line and resolves to its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  // Known before the arguments are read, because reading them can fail too. After `--` it is an argument.
  const options = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv
  const json = options.includes("--json")
  try {
    return await dispatch(argv)
  } catch (error) {
    return report(error, json)
  }
}

async function dispatch(argv: readonly string[]): Promise<number> {
  const [first, ...rest] = argv
  if (first === undefined || first === "--help" || first === "-h" || (first === "help" && !rest[0])) {
    process.stdout.write(overview(commandGroups, styleFor(process.stdout)))
    return 0
  }
  if (first === "--version" || first === "-v") {
    process.stdout.write(`${manifest.version}\n`)
    return 0
  }
  if (first === "help") return dispatch([...rest.slice(0, 1), "--help"])
  const entry = find(first)
  const { command } = await entry.load()
  const { args, flags } = parse(command, rest)
  if (flags.help) {
    process.stdout.write(commandHelp(command, entry.summary, styleFor(process.stdout)))
    if (args.length > 0 && command.helpFor) {
      process.stdout.write(`\n${await command.helpFor({ args, cwd: workingFolder(flags.cwd) })}`)
    }
    return 0
  }
  checkCount(command, args)
  const cwd = workingFolder(flags.cwd)
  const out = new Output(process, { json: flags.json, quiet: flags.quiet })
  return (await command.run({ args, flags, cwd, out, ask: new Ask() })) ?? 0
}

function find(name: string): CommandEntry {
  const entries = commandGroups.flatMap(({ commands }) => Object.entries(commands))
  const entry = entries.find(([known]) => known === name)
  if (entry) return entry[1]
  const names = entries.map(([known]) => known)
  const what = name.startsWith("-") ? `Options come after the command; "${name}" came first.` : undefined
  throw usageError(what ?? `There is no command "${name}".`, didYouMean(name, names) ?? "stackdock --help")
}

function workingFolder(path: string | undefined): string {
  const folder = resolve(path ?? ".")
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return folder
  throw usageError(`--cwd is not a folder: ${folder}`)
}

function report(error: unknown, json: boolean): number {
  const style = styleFor(process.stderr)
  const known = error instanceof CliError ? error : unexpected(error)
  if (json) process.stdout.write(`${JSON.stringify(known, null, 2)}\n`)
  process.stderr.write(`${style.cross} ${known.message}\n`)
  if (known.hint) process.stderr.write(`  ${style.dim("→")} ${known.hint}\n`)
  if (process.env["STACKDOCK_DEBUG"]) process.stderr.write(`${stack(error)}\n`)
  return known.exitCode
}

function unexpected(error: unknown): CliError {
  return new CliError({
    code: "unexpected",
    message: `Something went wrong that should not: ${error instanceof Error ? error.message : String(error)}`,
    hint: "Run it again with STACKDOCK_DEBUG=1 for the details, and please report them.",
    cause: error,
  })
}

function stack(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
