import type { AnyDock } from "../core/dock.ts"

export const docks: readonly AnyDock[] = []
