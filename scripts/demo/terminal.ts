import { spawnSync } from "node:child_process"
import { delimiter, dirname } from "node:path"
import { styleText } from "node:util"

/** Types commands into a project as a person would, and stops at the first that fails. */
export class Terminal {
  readonly #cwd: string
  readonly #env: NodeJS.ProcessEnv
  readonly #started = performance.now()

  /** `node` is another Node to run everything with. */
  constructor(cwd: string, node: string | undefined) {
    this.#cwd = cwd
    this.#env = { ...process.env }
    for (const name of Object.keys(this.#env)) if (/^npm_/i.test(name)) delete this.#env[name]
    this.#env["npm_config_loglevel"] = "error"
    if (node) this.#env["PATH"] = `${dirname(node)}${delimiter}${process.env["PATH"] ?? ""}`
  }

  say(text: string): void {
    process.stdout.write(`\n${styleText("bold", text)}\n`)
  }

  stackdock(args: readonly string[], options: { stdin?: string; stdinShown?: string } = {}): void {
    this.run("npx", ["stackdock", ...args], options)
  }

  run(command: string, args: readonly string[], options: { stdin?: string; stdinShown?: string } = {}): void {
    const typed = [options.stdinShown, command, ...args].filter(Boolean).join(" ")
    process.stdout.write(`\n${styleText("dim", "$")} ${typed}\n`)
    const result = spawnSync(command, args, {
      cwd: this.#cwd,
      env: this.#env,
      input: options.stdin,
      stdio: [options.stdin === undefined ? "inherit" : "pipe", "inherit", "inherit"],
      shell: process.platform === "win32",
    })
    if (result.status === 0) return
    process.stderr.write(`\nThe demo stopped: \`${typed}\` ended with ${result.status ?? result.signal}.\n`)
    process.exit(1)
  }

  close(text: string): void {
    const seconds = Math.round((performance.now() - this.#started) / 1000)
    process.stdout.write(`\n${text}\n\n${styleText("dim", `${seconds} s`)}\n`)
  }
}
