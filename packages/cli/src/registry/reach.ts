import type { Config } from "../state/config.ts"
import { type Origin, parseOrigin, parseReference, type Reference } from "./location.ts"
import { openRegistries, type Registries, type Registry } from "./source.ts"

/** For commands that read a registry. */
export const registryOptions = {
  registry: { type: "string", value: "<url|dir|@name>", summary: "Another registry than the bundled one" },
  offline: { type: "boolean", summary: "Read registries only from the cache" },
} as const

export interface Reach {
  readonly registries: Registries
  /** What `--registry` says, else the bundled one. */
  registry(): Promise<Registry>
  /** What a person typed for an item. */
  reference(text: string): Reference
}

/** The registries that a command can read. `dir` is the project's folder. */
export function reach(
  { registry, offline }: { registry: string | undefined; offline: boolean },
  { cwd, dir, config }: { cwd: string; dir: string; config: Config | undefined },
): Reach {
  const registries = openRegistries({ dir, registries: config?.registries ?? {}, offline })
  const origin: Origin = parseOrigin(registry, { cwd, dir })
  return {
    registries,
    registry: () => registries.at(origin),
    reference: (text) => parseReference(text, origin, { cwd, dir }),
  }
}
