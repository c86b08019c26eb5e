import { CircleAlertIcon } from "lucide-react"
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert"
import type { DockStatus } from "../../../engine/reading.ts"

/** What is wrong with a dock, in words; nothing when nothing is. */
export function DockState({ dock }: { dock: DockStatus }) {
  if (dock.status === "disconnected") {
    return (
      <p className="text-muted-foreground text-sm">
        Disconnected. Its rows are as they were at the last sync; its credential is forgotten.
      </p>
    )
  }
  // What a stopped sync leaves to decide is told where it is decided.
  if (dock.lastError === null || dock.lastRun?.status === "stopped") return null
  const isFailed = dock.status === "error" || dock.lastRun?.status === "failed"
  return (
    <Alert role="note" variant={isFailed ? "destructive" : "default"}>
      <CircleAlertIcon aria-hidden />
      <AlertTitle>{isFailed ? "The last sync failed" : "Part of the last sync failed"}</AlertTitle>
      <AlertDescription>
        <p className="wrap-anywhere">{dock.lastError}</p>
        <p>
          {isFailed
            ? "Its rows stay as they are meanwhile. If the credential has run out or was revoked, give it a new one."
            : "What could not be read stays as it is, and is asked again with the next sync."}
        </p>
      </AlertDescription>
    </Alert>
  )
}
