import { TriangleAlertIcon } from "lucide-react"
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert"
import { Button } from "@/components/ui/button"
import type { DockStatus } from "../../../engine/reading.ts"
import type { DockReport } from "../../../engine/stackdock.ts"
import { useAct, useMay } from "../../data/hooks.tsx"
import { useConfirm } from "../../feedback/confirm.tsx"
import { told } from "../../feedback/toast.ts"
import { formatCount } from "../../format/numbers.ts"
import { tableTitle } from "../../format/words.ts"

/** The scope of a table that is listed in one go. */
const WHOLE = "account"

interface MassDeletionProps {
  dock: DockStatus
  /** With the numbers, when the sync ended while this was shown. */
  report: DockReport | null
}

/** So much is gone at once that a sync did not take it for the truth. Somebody who knows decides. */
export function MassDeletion({ dock, report }: MassDeletionProps) {
  const mayAct = useMay("operations", "full")
  const confirm = useConfirm()
  const sync = useAct("sync")
  const scopes = report?.scopes.filter(({ massDeletion }) => massDeletion) ?? []

  async function allow() {
    const isSure = await confirm({
      title: `Let the next sync of ${dock.name} remove what is gone?`,
      description: `What ${dock.title} no longer lists is marked as removed here. Nothing is deleted at ${dock.title}. It holds for one sync only.`,
      confirmLabel: "Allow it once",
      isDestructive: true,
    })
    if (!isSure) return
    sync.mutate(
      { docks: [dock.id], allowMassDelete: true },
      { onError: (error) => told.failed(error, `Could not begin to sync ${dock.name}`) },
    )
  }

  return (
    <Alert role="note">
      <TriangleAlertIcon aria-hidden />
      <AlertTitle>A sync waits for your decision</AlertTitle>
      <AlertDescription>
        {scopes.length > 0 ? (
          <ul className="list-inside list-disc">
            {scopes.map(({ table, scope, massDeletion }) => (
              <li key={`${table} ${scope}`}>
                {tableTitle(table)}
                {scope !== WHOLE && ` of ${scope}`}: {formatCount(massDeletion?.missing ?? 0)} of{" "}
                {formatCount(massDeletion?.of ?? 0)} are no longer listed
              </li>
            ))}
          </ul>
        ) : (
          <p>
            {dock.lastRun?.error ??
              `${dock.title} no longer lists more than 30 % of what it had, and at least 20 rows.`}
          </p>
        )}
        <p>
          That is more often a mistake, or a credential that sees less, than the truth. The rows were kept.
          Look at {dock.title} first.
        </p>
        {mayAct && (
          <Button
            size="sm"
            variant="outline"
            className="mt-1 text-foreground"
            disabled={sync.isPending}
            onClick={allow}
          >
            Allow this deletion once
          </Button>
        )}
      </AlertDescription>
    </Alert>
  )
}
