import { join } from "node:path"
import type { AnyDock } from "../../../../registry/core/dock.ts"
import type { Stackdock, StackdockConfig } from "../../../../registry/engine/stackdock.ts"
import { memoryStore } from "../../../../registry/stores/memory/index.ts"
import { CliError } from "../framework/error.ts"
import { type DockHome, dockFolder } from "./home.ts"
import { openVault } from "./open-vault.ts"

export interface LoadedDock {
  readonly definition: AnyDock
  /** The dock alone, on a store that forgets everything. */
  open(options?: { unlimited?: boolean }): Stackdock
}

/** The dock and the engine as they stand in the home: never a copy of ours. */
export async function loadDock(home: DockHome, provider: string): Promise<LoadedDock> {
  const folder = dockFolder(home, provider)
  const { createJiti } = await import("jiti")
  const jiti = createJiti(join(home.dir, "package.json"), {
    fsCache: home.kind === "project" ? join(home.dir, ".stackdock", "cache") : true,
    tsconfigPaths: true,
  })
  const read = async (path: string) => {
    try {
      return await jiti.import<Record<string, unknown>>(join(home.dir, path))
    } catch (error) {
      const { loadError } = await import("../runtime/load-error.ts")
      throw await loadError(error, home.dir, path)
    }
  }
  const definition = Object.values(await read(`${folder}/index.ts`)).find(isDock)
  const { createStackdock } = await read(`${home.root}/engine/stackdock.ts`)
  if (!definition || definition.provider !== provider) {
    throw invalid(`${folder}/index.ts does not export the dock of "${provider}".`)
  }
  if (!isFactory(createStackdock)) {
    throw invalid(`${home.root}/engine/stackdock.ts does not export createStackdock.`)
  }
  return {
    definition,
    open({ unlimited = false } = {}) {
      const { windows: _, headers: __, ...limits } = definition.limits
      const dock = unlimited ? { ...definition, limits: { ...limits, windows: [] } } : definition
      return createStackdock({ docks: [dock], store: memoryStore(), vault: openVault() })
    },
  }
}

function isDock(value: unknown): value is AnyDock {
  return (
    typeof value === "object" &&
    value !== null &&
    "provider" in value &&
    "connect" in value &&
    typeof value.connect === "function" &&
    "sync" in value
  )
}

function isFactory(value: unknown): value is (config: StackdockConfig) => Stackdock {
  return typeof value === "function"
}

function invalid(message: string): CliError {
  return new CliError({
    code: "invalid_dock",
    message,
    hint: "See “Writing a dock” in the documentation, or start over with npx stackdock create.",
  })
}
