import type { Stackdock, SyncEvent } from "../../../../registry/engine/stackdock.ts"
import type { Output } from "../framework/output.ts"
import { count, duration } from "./format.ts"

type Table = Stackdock["tables"][number]

interface Line {
  key: string
  table: Table
  startedAt: number
  fetched: number
  scopes: number
  failed: number
  canceled: boolean
}

export interface SyncProgress {
  onProgress(event: SyncEvent): void
  /** Says that the work is being canceled. */
  onInterrupt(): void
  stop(): void
}

/** One calm line per table: it counts while the table is read, and stays when it is done. */
export function syncProgress(out: Output): SyncProgress {
  const live = out.live()
  const style = out.noteStyle
  let current: Line | undefined
  /** Items of the scope that is being read now. */
  let inScope = { fetched: 0, total: null as number | null }

  function draw(): void {
    if (!current) return
    const fetched = current.fetched + inScope.fetched
    const total = inScope.total !== null && current.scopes === 1 ? ` of ${count(inScope.total)}` : ""
    const seconds = (Date.now() - current.startedAt) / 1000
    const time = seconds < 2 ? "" : style.dim(`  ${duration(seconds * 1000)}`)
    live.set(current.key, `  ${style.cyan("·")} ${current.table.padEnd(18)} ${count(fetched)}${total}${time}`)
  }

  function finishTable(): void {
    if (!current) return
    const { key, table, fetched, scopes, failed, canceled } = current
    const listings = scopes > 1 ? style.dim(` in ${count(scopes)} listings`) : ""
    const mark = failed > 0 ? style.cross : canceled ? style.warn : style.tick
    live.finish(key, `  ${mark} ${table.padEnd(18)} ${count(fetched)}${listings}`)
    current = undefined
  }

  // Between two pages there may be a long wait for the provider's rate limit: the seconds show that it goes on.
  const timer = setInterval(draw, 1000)

  return {
    onProgress(event) {
      switch (event.type) {
        case "dock-started":
          live.finish(event.dockId, style.bold(event.name))
          break
        case "table-started": {
          finishTable()
          const key = `${event.dockId}/${event.table}`
          current = {
            key,
            table: event.table,
            startedAt: Date.now(),
            fetched: 0,
            scopes: 0,
            failed: 0,
            canceled: false,
          }
          draw()
          break
        }
        case "scope-started":
          if (current) current.scopes += 1
          inScope = { fetched: 0, total: null }
          draw()
          break
        case "page":
          inScope = event
          draw()
          break
        case "scope-finished":
          if (!current) break
          current.fetched += event.report.fetched
          if (event.report.error && event.report.error.code !== "canceled") current.failed += 1
          if (event.report.error?.code === "canceled") current.canceled = true
          inScope = { fetched: 0, total: null }
          break
        case "dock-finished":
          finishTable()
          break
      }
    },
    onInterrupt() {
      live.finish("interrupt", style.yellow("  Stopping … press Ctrl-C again to kill."))
    },
    stop() {
      clearInterval(timer)
      live.stop()
    },
  }
}
