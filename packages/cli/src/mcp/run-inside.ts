import { Writable } from "node:stream"
import { stripVTControlCharacters } from "node:util"
import { Ask } from "../framework/ask.ts"
import type { AnyCommand } from "../framework/command.ts"
import { CliError } from "../framework/error.ts"
import { Output } from "../framework/output.ts"
import { checkCount, parse } from "../framework/parse.ts"

export interface Ran {
  /** As the command would have ended: 0 done, 1 failed, 2 wrong usage, 3 needs a decision. */
  readonly code: number
  /** What `--json` prints. */
  readonly document: unknown
  /** What was said on the way. */
  readonly notes: string
}

/** Runs a command as with `--json`, in this process and with nobody to ask: what it prints comes back. */
export async function runInside(command: AnyCommand, argv: readonly string[], cwd: string): Promise<Ran> {
  const stdout = new Collected()
  const stderr = new Collected()
  const ran = (code: number, document: unknown): Ran => {
    return { code, document, notes: stripVTControlCharacters(stderr.text).trim() }
  }
  try {
    const { args, flags } = parse(command, argv)
    checkCount(command, args)
    const out = new Output({ stdout, stderr }, { json: true, quiet: false })
    const code = (await command.run({ args, flags, cwd, out, ask: new Ask({ CI: "1" }) })) ?? 0
    return ran(code, JSON.parse(stdout.text || "null"))
  } catch (error) {
    if (error instanceof CliError) return ran(error.exitCode, error.toJSON())
    throw error
  }
}

class Collected extends Writable {
  text = ""

  override _write(chunk: Buffer | string, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString()
    done()
  }
}
