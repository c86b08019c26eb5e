import { CliError } from "./error.ts"

export interface Question {
  /** What answers the question where nobody can be asked: `--yes`. */
  answeredBy: string
}

/** Questions to a person. Where there is none, each fails and names what answers it: a command never goes on by guessing. */
export class Ask {
  /** Somebody sits at a terminal. */
  readonly isPossible: boolean

  constructor(env: NodeJS.ProcessEnv = process.env) {
    this.isPossible = process.stdin.isTTY === true && process.stderr.isTTY === true && !env["CI"]
  }

  async confirm(message: string, { answeredBy }: Question): Promise<boolean> {
    this.#require(message, answeredBy, 3)
    const { confirm, isCancel } = await import("@clack/prompts")
    const answer = await confirm({ message, output: process.stderr })
    return isCancel(answer) ? canceled() : answer
  }

  async text(message: string, question: Question & { initial?: string }): Promise<string> {
    this.#require(message, question.answeredBy, 2)
    const { text, isCancel } = await import("@clack/prompts")
    const initial = question.initial === undefined ? {} : { initialValue: question.initial }
    const answer = await text({ message, output: process.stderr, ...initial })
    return isCancel(answer) ? canceled() : answer
  }

  /** The answer is never shown. */
  async secret(message: string, { answeredBy }: Question): Promise<string> {
    this.#require(message, answeredBy, 2)
    const { password, isCancel } = await import("@clack/prompts")
    const answer = await password({ message, output: process.stderr })
    return isCancel(answer) ? canceled() : answer
  }

  async select(message: string, question: Question & { choices: readonly string[] }): Promise<string> {
    this.#require(message, question.answeredBy, 2)
    const { select, isCancel } = await import("@clack/prompts")
    const answer = await select({
      message,
      output: process.stderr,
      options: question.choices.map((value) => ({ value, label: value })),
    })
    return isCancel(answer) ? canceled() : answer
  }

  #require(message: string, answeredBy: string, exitCode: 2 | 3): void {
    if (this.isPossible) return
    throw new CliError({
      code: "needs_answer",
      message: `There is no terminal to ask in: ${message}`,
      hint: `Answer with ${answeredBy}.`,
      exitCode,
    })
  }
}

function canceled(): never {
  throw new CliError({ code: "canceled", message: "Canceled. Nothing was changed." })
}
