import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { CliError } from "../framework/error.ts"

/** What a running studio writes down, for the next one to find. There is nothing secret in it. */
export interface Running {
  pid: number
  port: number
  instance: string
}

const file = (dir: string) => join(dir, ".stackdock", "studio.json")
const ANSWER_MS = 1_000

/** The studio of this project that runs already. What a killed one has left is no studio. */
export async function findRunning(dir: string): Promise<Running | undefined> {
  const running = read(dir)
  if (!running) return undefined
  try {
    const response = await fetch(`http://127.0.0.1:${running.port}/api/auth/instance`, {
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    const answer: unknown = await response.json()
    const isIt = typeof answer === "object" && answer !== null && "instance" in answer
    return isIt && answer.instance === running.instance ? running : undefined
  } catch {
    return undefined
  }
}

/** Of two that start at once, one writes itself down; the other is given that one. */
export async function claimRunning(dir: string, running: Running): Promise<Running | undefined> {
  for (;;) {
    try {
      writeFileSync(file(dir), `${JSON.stringify(running)}\n`, { mode: 0o600, flag: "wx" })
      return undefined
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
    }
    const before = read(dir)
    const other = await findRunning(dir)
    if (other) return other
    if (read(dir)?.instance === before?.instance) rmSync(file(dir), { force: true })
  }
}

export function runsAlready({ port, pid }: Running): CliError {
  return new CliError({
    code: "already_running",
    message: `The studio of this project runs already, on port ${port} (process ${pid}).`,
    hint: "Press o in its terminal for a new link, or end it there.",
    details: { port, pid },
  })
}

/** Unless another one has written itself down meanwhile. */
export function forgetRunning(dir: string, { instance }: Running): void {
  if (read(dir)?.instance === instance) rmSync(file(dir), { force: true })
}

function read(dir: string): Running | undefined {
  try {
    const { pid, port, instance }: Partial<Running> = JSON.parse(readFileSync(file(dir), "utf8"))
    return pid !== undefined && port !== undefined && instance !== undefined
      ? { pid, port, instance }
      : undefined
  } catch {
    return undefined
  }
}
