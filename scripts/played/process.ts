import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"
import { root, tool } from "../run.mjs"
import type { Provider } from "./provider.ts"

export interface PlayedProviders<Name extends Provider> {
  baseUrls: Record<Name, string>
  stop(): void
}

/**
 * Providers played from their recordings on this machine. They have a process of their own, because the demo waits for each
 * command it types and could not answer meanwhile.
 */
export async function startProviders<Name extends Provider>(
  names: readonly Name[],
): Promise<PlayedProviders<Name>> {
  const child = spawn(tool("tsx"), [join(root, "scripts/played/serve.ts"), ...names], {
    stdio: ["ignore", "pipe", "inherit"],
    shell: process.platform === "win32",
  })
  return { baseUrls: await firstLine(child), stop: () => child.kill() }
}

function firstLine<Name extends Provider>(child: ChildProcess): Promise<Record<Name, string>> {
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", (chunk: Buffer) => resolve(JSON.parse(chunk.toString())))
    child.once("error", reject)
    child.once("exit", (code) => reject(new Error(`The played provider ended with ${code}.`)))
  })
}
