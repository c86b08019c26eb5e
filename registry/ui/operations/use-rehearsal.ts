import { useState } from "react"
import type { RehearsedStep } from "../../engine/provision-report.ts"
import { useData } from "../data/hooks.tsx"
import type { RehearsalOf } from "../data/port.ts"

interface Rehearsal {
  /** What would be sent; undefined before it was asked for. */
  steps: readonly RehearsedStep[] | undefined
  /** Asks what would be sent. Fails as the deed itself would before anything is sent. */
  rehearse(of: RehearsalOf): Promise<void>
  /** What was shown is out of date. */
  forget(): void
}

/** A dry run. What it was asked with may hold secrets, so it is kept nowhere. */
export function useRehearsal(): Rehearsal {
  const { act } = useData()
  const [steps, setSteps] = useState<readonly RehearsedStep[]>()
  return {
    steps,
    rehearse: async (of) => setSteps(await act.rehearse(of)),
    forget: () => setSteps(undefined),
  }
}
