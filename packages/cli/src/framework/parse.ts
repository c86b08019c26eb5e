import { parseArgs } from "node:util"
import { type Command, commonOptions, type Flags, type Options } from "./command.ts"
import { usageError } from "./error.ts"
import { didYouMean } from "./nearest.ts"

export interface Parsed<Declared extends Options> {
  args: string[]
  flags: Flags<Declared & typeof commonOptions>
}

/**
 * Reads the arguments of one command. `parseArgs` splits them; what is allowed is decided here, because its own
 * messages do not know the nearest name.
 */
export function parse(command: Command, argv: readonly string[]): Parsed<Options> {
  const options: Options = { ...command.options, ...commonOptions }
  const names = new Map(Object.keys(options).map((name) => [kebab(name), name]))
  const help = `stackdock ${command.name} --help`
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      Object.entries(options).map(([name, { type, short }]) => [
        kebab(name),
        { type, ...(short ? { short } : {}) },
      ]),
    ),
  })

  const args: string[] = []
  const flags: Record<string, boolean | string | string[] | undefined> = {}
  for (const [name, option] of Object.entries(options)) {
    flags[name] = option.type === "boolean" ? false : option.multiple ? [] : undefined
  }
  for (const token of tokens) {
    if (token.kind === "positional") args.push(token.value)
    if (token.kind !== "option") continue
    const name = names.get(token.name)
    const option = name === undefined ? undefined : options[name]
    if (name === undefined || option === undefined) {
      throw usageError(
        `${command.name} has no option ${token.rawName}.`,
        didYouMean(
          token.rawName,
          [...names.keys()].map((known) => `--${known}`),
        ) ?? help,
      )
    }
    if (option.type === "boolean") {
      if (token.value !== undefined) throw usageError(`${token.rawName} takes no value.`, help)
      flags[name] = true
      continue
    }
    // `--root --yes` is a forgotten value far more often than a folder named "--yes"; `--root=--yes` says the latter.
    const forgotten = token.value === undefined || (!token.inlineValue && /^-./.test(token.value))
    if (forgotten) throw usageError(`${token.rawName} needs a value: ${option.value ?? "<value>"}.`, help)
    const held = flags[name]
    flags[name] = Array.isArray(held) ? [...held, token.value ?? ""] : token.value
  }
  return { args, flags: flags as Parsed<Options>["flags"] }
}

/** Apart from `parse`, so that `add --help` needs no item. */
export function checkCount(command: Command, args: readonly string[]): void {
  const { min, max } = command.args
  if (args.length >= min && args.length <= max) return
  const extra = args[max]
  throw usageError(
    extra === undefined
      ? `${command.name} needs ${min === 1 ? "an argument" : `${min} arguments`}: stackdock ${command.name} ${command.usage}`
      : `${command.name} does not know what to do with "${extra}".`,
    `stackdock ${command.name} --help`,
  )
}

export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
