import type { Decision } from "../../../engine/provision-report.ts"
import { useAct } from "../../data/hooks.tsx"
import type { SentProvisionReport } from "../../data/port.ts"
import { useShowOnce } from "../../operations/shown-secrets.tsx"

/** Goes on with what is unfinished. `resume` fails as the act does. */
export function useResume({ id }: SentProvisionReport) {
  const showOnce = useShowOnce()
  const { mutateAsync, isPending } = useAct("resume")
  return {
    isRunning: isPending,
    async resume(decision?: Decision): Promise<SentProvisionReport> {
      const report = await mutateAsync({ id, decision })
      showOnce(id, report.shows)
      return report
    },
  }
}
