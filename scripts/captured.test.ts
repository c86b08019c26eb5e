import { existsSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { loadRecordings } from "../registry/contract/node/load.ts"
import { capturedIn } from "./captured/read.ts"
import { tryCaptured } from "./captured/try.ts"
import { publishedDocks } from "./generate/items.ts"

const captured = join(import.meta.dirname, "../../shared/recordings")
const docks = join(import.meta.dirname, "../registry/docks")

/** Answers that others captured lie beside the repository, if at all: what they say is never copied into it. */
describe.skipIf(!existsSync(captured))("captured answers", () => {
  it.each(publishedDocks.filter(({ provider }) => existsSync(join(captured, provider))))(
    "of $title break nothing, and make no row that says what was not sent",
    async (dock) => {
      const recordings = loadRecordings(join(docks, dock.provider, "recordings"))
      const trials = await tryCaptured(dock, recordings, capturedIn(join(captured, dock.provider)))
      const count = (outcome: string) => trials.filter((trial) => trial.outcome === outcome).length
      const rows = trials.reduce((sum, trial) => sum + trial.rows, 0)
      console.info(
        `${dock.title}: ${trials.length} captured answers: ${count("read")} read (${rows} rows), ` +
          `${count("reported")} refused and said why, ${count("never asked for")} of endpoints that no sync asks.`,
      )
      expect(trials.flatMap(({ file, wrong }) => wrong.map((what) => `${file}: ${what}`))).toEqual([])
      expect(count("read")).toBeGreaterThan(0)
    },
  )
})
