/** 1: it failed. 2: it was typed wrongly. 3: a person has to decide. */
export type FailureCode = 1 | 2 | 3

export interface CliErrorInit {
  /** Stable and for programs: `unknown_item`. */
  code: string
  /** What happened and why. */
  message: string
  /** What to type next. */
  hint?: string | undefined
  exitCode?: FailureCode
  /** Further facts for `--json`, such as the files in conflict. */
  details?: Readonly<Record<string, unknown>>
  cause?: unknown
}

/** A failure that a person can act on. Anything else that is thrown is a bug in the command. */
export class CliError extends Error {
  readonly code: string
  readonly hint: string | undefined
  readonly exitCode: FailureCode
  readonly details: Readonly<Record<string, unknown>>

  constructor({ code, message, hint, exitCode = 1, details = {}, cause }: CliErrorInit) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = "CliError"
    this.code = code
    this.hint = hint
    this.exitCode = exitCode
    this.details = details
  }

  toJSON() {
    return { error: { code: this.code, message: this.message, hint: this.hint ?? null, ...this.details } }
  }
}

export function usageError(message: string, hint?: string): CliError {
  return new CliError({ code: "usage", message, hint, exitCode: 2 })
}
