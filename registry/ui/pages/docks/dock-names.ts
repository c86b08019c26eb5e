import type { DockStatus } from "../../../engine/reading.ts"

type Named = Pick<DockStatus, "name" | "provider" | "status">

/**
 * A name for a new dock: that of a disconnected one of the provider, which then goes on with its rows, or one that is
 * still free.
 */
export function proposedName(provider: string, docks: readonly Named[]): { name: string; isFormer: boolean } {
  const former = docks.find((dock) => dock.provider === provider && dock.status === "disconnected")
  if (former) return { name: former.name, isFormer: true }
  const taken = new Set(docks.map(({ name }) => name))
  let name = provider
  for (let number = 2; taken.has(name); number += 1) name = `${provider}-${number}`
  return { name, isFormer: false }
}
