import { RefreshCwIcon } from "lucide-react"
import { Button } from "@/components/ui/button"
import { Card, CardContent } from "@/components/ui/card"
import { Spinner } from "@/components/ui/spinner"
import type { DockStatus } from "../../../engine/reading.ts"
import { ProviderMark } from "../../badges/provider-mark.tsx"
import { useAct, useMay } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { told } from "../../feedback/toast.ts"
import type { SyncProgress } from "../../operations/sync-progress.ts"
import { SyncTables } from "../../operations/sync-tables.tsx"
import { BudgetBars } from "./budget-bars.tsx"
import { DockFacts } from "./dock-facts.tsx"
import { DockMenu } from "./dock-menu.tsx"
import { DockState } from "./dock-state.tsx"
import { MassDeletion } from "./mass-deletion.tsx"

interface DockCardProps {
  dock: DockStatus
  /** Of the sync that is under way, or has ended while this was shown. */
  progress: SyncProgress | undefined
}

export function DockCard({ dock, progress }: DockCardProps) {
  const isSyncing = dock.isSyncing || progress?.isRunning === true
  const isConnected = dock.status !== "disconnected"
  return (
    <Card>
      <CardContent className="flex flex-col gap-4">
        <header className="flex items-start gap-3">
          <ProviderMark provider={dock.provider} size={32} />
          <div className="min-w-0 flex-1">
            <h2 className="truncate font-semibold text-sm leading-snug">{dock.name}</h2>
            <p className="truncate text-muted-foreground text-sm">
              {dock.accountName ? `${dock.title}: ${dock.accountName}` : dock.title}
            </p>
          </div>
          <div className="flex shrink-0 items-center gap-1">
            {isConnected ? <SyncNow dock={dock} isSyncing={isSyncing} /> : <Reconnect dock={dock} />}
            <DockMenu dock={dock} />
          </div>
        </header>
        <DockState dock={dock} />
        {!isSyncing && dock.lastRun?.status === "stopped" && (
          <MassDeletion dock={dock} report={progress?.report ?? null} />
        )}
        <DockFacts dock={dock} />
        {isSyncing && progress && <SyncTables progress={progress} />}
        {isConnected && <BudgetBars budget={dock.budget} />}
      </CardContent>
    </Card>
  )
}

function SyncNow({ dock, isSyncing }: { dock: DockStatus; isSyncing: boolean }) {
  const mayAct = useMay("operations", "full")
  const sync = useAct("sync")
  if (!mayAct) return null
  return (
    <Button
      variant="outline"
      size="sm"
      // The focus stays where it is, so that the keyboard is not thrown back to the top.
      aria-disabled={isSyncing || sync.isPending}
      onClick={() => {
        if (isSyncing || sync.isPending) return
        sync.mutate(
          { docks: [dock.id] },
          { onError: (error) => told.failed(error, `Could not begin to sync ${dock.name}`) },
        )
      }}
    >
      {isSyncing ? <Spinner aria-hidden /> : <RefreshCwIcon aria-hidden />}
      {isSyncing ? "Syncing…" : "Sync now"}
      <span className="sr-only">{dock.name}</span>
    </Button>
  )
}

function Reconnect({ dock }: { dock: DockStatus }) {
  const mayConnect = useMay("docks", "full")
  if (!mayConnect) return null
  return (
    <Button asChild variant="outline" size="sm">
      <PlaceLink to={{ page: "connect", provider: dock.provider }}>
        Connect again
        <span className="sr-only">{dock.name}</span>
      </PlaceLink>
    </Button>
  )
}
