import type { Ask } from "./ask.ts"
import type { Output } from "./output.ts"

interface Option {
  type: "boolean" | "string"
  summary: string
  short?: string
  /** How help names the value: `<dir>`. */
  value?: string
  /** May be given more than once. */
  multiple?: boolean
}

export type Options = Readonly<Record<string, Option>>

/** Options are declared as `dryRun` and typed as `--dry-run`. */
export type Flags<Declared extends Options> = {
  readonly [Name in keyof Declared]: Declared[Name] extends { type: "boolean" }
    ? boolean
    : Declared[Name] extends { multiple: true }
      ? readonly string[]
      : string | undefined
}

export interface Context<Declared extends Options = Options> {
  readonly args: readonly string[]
  readonly flags: Flags<Declared>
  /** Absolute, and an existing folder. */
  readonly cwd: string
  readonly out: Output
  readonly ask: Ask
}

/** What a file in `commands/` exports as `command`. Its one-line summary stands in `commands/index.ts`, where help reads it. */
export interface Command<Declared extends Options = Options> {
  name: string
  /** What follows the name: `<item...> [options]`. */
  usage: string
  /** How many arguments it takes. */
  args: { min: number; max: number }
  options: Declared
  examples: readonly string[]
  /** A number is the exit code of a run that has already said what it has to say. */
  run(context: Context<Declared>): Promise<number | undefined>
}

/** A command of any options. `run` is a method, so a narrower context fits where this is asked for. */
export type AnyCommand = Command

export function defineCommand<const Declared extends Options>(command: Command<Declared>): Command<Declared> {
  return command
}

/** Every command takes these. */
export const commonOptions = {
  json: { type: "boolean", summary: "Print one JSON document on stdout" },
  cwd: { type: "string", value: "<dir>", summary: "Work in another folder" },
  quiet: { type: "boolean", short: "q", summary: "Only the result and errors" },
  help: { type: "boolean", short: "h", summary: "Show this help" },
} as const satisfies Options

/** For commands that ask before they act. */
export const yesOption = { type: "boolean", short: "y", summary: "Do it without asking" } as const
/** For commands that can show their plan and stop. */
export const dryRunOption = { type: "boolean", summary: "Show what would happen, change nothing" } as const
