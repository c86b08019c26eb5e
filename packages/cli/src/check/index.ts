import type { DockHome } from "../dock/home.ts"
import { type LoadedDock, loadDock } from "../dock/load.ts"
import { CliError } from "../framework/error.ts"
import { conformance, replays } from "./conformance.ts"
import { readDockFiles } from "./dock-files.ts"
import { age, coverage, hosts, provenance, readRecorded, secrets } from "./recordings.ts"
import { fieldOrder, readme, registered, shape } from "./shape.ts"
import type { Check } from "./show.ts"
import { decided, imports, size } from "./source.ts"

/** All that must hold of a dock. The contract tests take the longest, so they come last, and only when wanted. */
export async function checkDock(
  home: DockHome,
  provider: string,
  options: { test: boolean },
): Promise<Check[]> {
  const files = readDockFiles(home, provider)
  const recorded = readRecorded(files)
  const today = new Date().toISOString().slice(0, 10)
  const dock = await loaded(home, provider)
  const runs = "definition" in dock ? dock : undefined
  return [
    ...("title" in dock ? [dock] : []),
    shape(files, runs?.definition),
    ...(runs ? [fieldOrder(runs.definition)] : []),
    registered(files),
    size(files),
    imports(files),
    decided(files),
    readme(files, runs?.definition),
    provenance(recorded, today),
    age(recorded, provider, today),
    secrets(recorded),
    coverage(files, recorded),
    ...(runs ? [hosts(recorded, runs.definition), await replays(runs, recorded)] : []),
    ...(options.test ? [await conformance(files)] : []),
  ]
}

async function loaded(home: DockHome, provider: string): Promise<LoadedDock | Check> {
  try {
    return await loadDock(home, provider)
  } catch (error) {
    if (!(error instanceof CliError)) throw error
    const { message, hint } = error
    return {
      title: "The dock cannot be loaded",
      state: "bad",
      problems: [message],
      ...(hint ? { fix: hint } : {}),
    }
  }
}
