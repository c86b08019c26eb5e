import type { Stackdock } from "../engine/stackdock.ts"
import type { Undertakings } from "./undertakings.ts"

export function startClock(
  stackdock: Stackdock,
  undertakings: Undertakings,
  log: (line: string) => void,
): () => void {
  void [stackdock, undertakings, log]
  return () => {}
}
