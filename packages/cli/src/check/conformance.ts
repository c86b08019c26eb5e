import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { runTool } from "../create/finish.ts"
import type { LoadedDock } from "../dock/load.ts"
import { isWhole, replayDock } from "../dock/replay.ts"
import { ofAccount } from "../traffic/recordings.ts"
import type { DockFiles } from "./dock-files.ts"
import type { RecordedFiles } from "./recordings.ts"
import { verdict } from "./shape.ts"
import type { Check } from "./show.ts"

/** Whether a sync gets through on the recordings alone, and fills every table that the dock declares. */
export async function replays(dock: LoadedDock, { recordings }: RecordedFiles): Promise<Check> {
  const { provider } = dock.definition
  const replayed = await replayDock(dock, ofAccount(recordings))
  const { verifyError, report, missing, rows } = replayed
  const failed = isWhole(replayed)
    ? undefined
    : (report.scopes.find(({ error }) => error)?.error ?? report.error)
  const isEmpty = (table: string) => ![...rows].some(([name, found]) => name === table && found.length > 0)
  const empty = Object.keys(dock.definition.sync).filter(isEmpty)
  return verdict(
    "A sync over the recordings is complete",
    [
      ...(verifyError ? [`the account could not be told: ${verifyError.message}`] : []),
      ...missing.map(({ request }) => `no recording answers ${request}`),
      ...(failed && missing.length === 0 ? [failed.message] : []),
      ...empty.map((table) => `${table} got no row`),
    ],
    { title: "A sync over the recordings is not complete", fix: `npx stackdock replay ${provider}` },
  )
}

/** The dock's own contract tests, by the project's own Vitest. */
export async function conformance({ home, folder }: DockFiles): Promise<Check> {
  const vitest = vitestAround(home.dir)
  const command = `npx vitest run ${folder}`
  if (vitest === undefined) {
    return {
      title: "The contract test was not run",
      state: "bad",
      problems: ["Vitest is not installed here"],
      fix: "npm install --save-dev vitest",
    }
  }
  const args = ["run", folder, "--reporter=dot", "--no-color"]
  const { ok, said } = await runTool({ name: vitest, args, command }, home.dir)
  const failures = said.match(/^ *(?:FAIL|⎯+ .*Error).*$/gm) ?? said.split("\n").slice(-5)
  return verdict(
    "It passes its contract test",
    ok ? [] : [...new Set(failures.map((line) => line.trim()))].slice(0, 12),
    {
      title: "It does not pass its contract test",
      fix: command,
    },
  )
}

function vitestAround(from: string): string | undefined {
  for (let dir = from; ; dir = dirname(dir)) {
    const path = join(dir, "node_modules/.bin/vitest")
    if (existsSync(path)) return path
    if (dir === dirname(dir)) return undefined
  }
}
