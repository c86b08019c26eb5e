import { type ChildProcess, spawn } from "node:child_process"
import { join } from "node:path"
import { root, tool } from "../run.mjs"

export interface PlayedProvider {
  baseUrl: string
  token: string
  stop(): void
}

/**
 * GridPane played from its recordings on this machine. It has a process of its own, because the demo waits for each
 * command it types and could not answer meanwhile.
 */
export async function startProvider(): Promise<PlayedProvider> {
  const child = spawn(tool("tsx"), [join(root, "scripts/demo/serve-gridpane.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
    shell: process.platform === "win32",
  })
  const { baseUrl, token } = await firstLine(child)
  return { baseUrl, token, stop: () => child.kill() }
}

function firstLine(child: ChildProcess): Promise<{ baseUrl: string; token: string }> {
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", (chunk: Buffer) => resolve(JSON.parse(chunk.toString())))
    child.once("error", reject)
    child.once("exit", (code) => reject(new Error(`The played provider ended with ${code}.`)))
  })
}
