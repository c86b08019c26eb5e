import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"

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

export function writeRunning(dir: string, running: Running): void {
  writeFileSync(file(dir), `${JSON.stringify(running)}\n`, { mode: 0o600 })
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
