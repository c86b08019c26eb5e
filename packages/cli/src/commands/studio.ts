import { basename } from "node:path"
import { defineCommand } from "../framework/command.ts"
import { usageError } from "../framework/error.ts"
import { asCliError } from "../runtime/run.ts"
import { requireConfig } from "../state/config.ts"
import { hasBrowser } from "../studio/browser.ts"
import { listenToKeys } from "../studio/keys.ts"
import { loadForStudio } from "../studio/project.ts"
import { findRunning, runsAlready } from "../studio/running.ts"
import { showStudio } from "../studio/screen.ts"
import { openStudio } from "../studio/studio.ts"

export const command = defineCommand({
  name: "studio",
  usage: "[options]",
  args: { min: 0, max: 0 },
  options: {
    port: { type: "string", value: "<port>", summary: "Listen there; any free port when left out" },
    noOpen: { type: "boolean", summary: "Only print the address, open no browser" },
  },
  examples: ["stackdock studio", "stackdock studio --port 4400 --no-open"],
  async run({ flags, cwd, out }) {
    const port = portFrom(flags.port)
    const { dir } = requireConfig(cwd)
    const running = await findRunning(dir)
    if (running) throw runsAlready(running)

    const stackdock = await loadForStudio(cwd)
    try {
      const [docks, counts] = await Promise.all([stackdock.listDocks(), stackdock.counts()])
      const studio = await openStudio({ stackdock, dir, port, warn: (line) => out.warn(line) })
      const isOpened = !flags.noOpen && !out.isJson && hasBrowser()
      const url = studio.newLink({ isOpened })
      const ended = untilAsked()
      const stopListening = out.isJson
        ? undefined
        : listenToKeys({
            q: ended.ask,
            o: () => out.print(`  ${studio.newLink({ isOpened: hasBrowser() })}\n`),
          })
      out.json({ url, port: studio.port, pid: process.pid })
      showStudio(out, {
        project: basename(dir),
        url,
        accounts: docks.filter(({ status }) => status !== "disconnected").length,
        rows: counts.reduce((sum, { total }) => sum + total, 0),
        hasKeys: stopListening !== undefined,
        isOpened,
      })
      await ended.asked
      stopListening?.()
      out.note(`  ${out.noteStyle.dim("Ending …")}`)
      await studio.close()
      return undefined
    } catch (error) {
      throw asCliError(error)
    } finally {
      await stackdock.close()
    }
  },
})

function portFrom(typed: string | undefined): number {
  if (typed === undefined) return 0
  const port = Number(typed)
  if (/^\d+$/.test(typed) && port >= 1 && port <= 65_535) return port
  throw usageError(`--port is not a port: ${typed}`, "A number from 1 to 65535.")
}

/** Ctrl+C, a signal, or q. Whoever asks a second time does not wait for the end of what is under way. */
function untilAsked(): { asked: Promise<void>; ask(): void } {
  let ask = () => {}
  const asked = new Promise<void>((resolve) => {
    ask = () => {
      process.removeListener("SIGINT", ask)
      process.removeListener("SIGTERM", ask)
      process.removeListener("SIGHUP", ask)
      resolve()
    }
  })
  process.on("SIGINT", ask)
  process.on("SIGTERM", ask)
  // The terminal was closed.
  process.on("SIGHUP", ask)
  return { asked, ask: () => ask() }
}
