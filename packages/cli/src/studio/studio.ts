import { randomUUID } from "node:crypto"
import type { Stackdock } from "../../../../registry/engine/stackdock.ts"
import { socketAddress } from "../../../../registry/server/node/address.ts"
import { serve } from "../../../../registry/server/node/serve.ts"
import { staticPages } from "../../../../registry/server/node/static.ts"
import { createServer } from "../../../../registry/server/server.ts"
import { CliError } from "../framework/error.ts"
import { packaged } from "../packaged.ts"
import { closePage, openBrowser } from "./browser.ts"
import { claimRunning, forgetRunning, runsAlready } from "./running.ts"
import { type StudioSignIn, studioSignIn } from "./sign-in.ts"

/** Only programs of this machine reach it. */
const HOST = "127.0.0.1"

export interface Studio {
  readonly port: number
  /** A new address that opens it, once; with `isOpened`, the browser opens it. */
  newLink(options: { isOpened: boolean }): string
  close(): Promise<void>
}

export async function openStudio({
  stackdock,
  dir,
  port,
  warn,
}: {
  stackdock: Stackdock
  dir: string
  port: number
  warn(line: string): void
}): Promise<Studio> {
  const instance = randomUUID()
  const pages = staticPages(packaged("studio"))
  let signIn: StudioSignIn | undefined
  const make = (port: number) => {
    signIn = studioSignIn({ port, instance, onOpened: () => closePage(dir) })
    return createServer({
      stackdock,
      signIn,
      origins: [originOf(port)],
      addressOf: socketAddress,
      pages,
      log: warn,
    })
  }
  const listening = await serve(make, { port, host: HOST }).catch((error: unknown) => {
    throw isTaken(error) ? portTaken(port) : error
  })
  const running = { pid: process.pid, port: listening.port, instance }
  const other = await claimRunning(dir, running)
  if (other) {
    await listening.close()
    throw runsAlready(other)
  }
  return {
    port: listening.port,
    newLink({ isOpened }) {
      // What stands after the # stays in the browser: it is in no request, no log and no referrer.
      const url = `${originOf(listening.port)}/#token=${signIn?.newToken()}`
      if (isOpened) openBrowser(dir, url)
      return url
    },
    async close() {
      closePage(dir)
      await listening.close()
      forgetRunning(dir, running)
    },
  }
}

function originOf(port: number): string {
  return `http://${HOST}:${port}`
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE"
}

function portTaken(port: number): CliError {
  return new CliError({
    code: "port_taken",
    message: `Something else listens on port ${port} of this machine.`,
    hint: "Choose another with --port, or leave it out: then a free one is taken.",
  })
}
