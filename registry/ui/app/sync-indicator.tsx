import { RefreshCwIcon } from "lucide-react"
import { useEffect, useEffectEvent, useState } from "react"
import { Button } from "@/components/ui/button"
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover"
import { Spinner } from "@/components/ui/spinner"
import { ProviderMark } from "../badges/provider-mark.tsx"
import { useMay, useRead } from "../data/hooks.tsx"
import type { SyncProgress } from "../operations/sync-progress.ts"
import { SyncTables } from "../operations/sync-tables.tsx"
import { useSyncProgress } from "../operations/use-sync-progress.ts"
import { progressWords, reportWords } from "./sync-words.ts"
import { useSyncAll } from "./use-sync-all.ts"

interface Running {
  id: string
  name: string
  provider: string
  /** Null where it began before this page was open and has told nothing since. */
  progress: SyncProgress | null
}

/** Which syncs run and how far they are; without any, the way to begin one. */
export function SyncIndicator() {
  const docks = useRead("docks", {}).data ?? []
  const progress = useSyncProgress()
  const mayStart = useMay("operations", "full")
  const { syncAll, isStarting } = useSyncAll()
  const running = docks.flatMap(({ id, name, provider, isSyncing }): Running[] => {
    const known = progress.get(id)
    // Its own end is told before the list of docks is asked again.
    const isRunning = known ? known.isRunning : isSyncing
    return isRunning ? [{ id, name, provider, progress: known ?? null }] : []
  })
  const [first] = running
  const ended = docks.flatMap(({ id, name }) => {
    const report = progress.get(id)?.report
    return report ? [reportWords(name, report)] : []
  })

  return (
    <>
      <Announcement sentence={first ? `Syncing ${lineOf(first)}` : (ended.at(-1) ?? "")} isUrgent={!first} />
      {first ? (
        <RunningSyncs running={running} first={first} />
      ) : (
        mayStart &&
        docks.some(({ status }) => status !== "disconnected") && (
          <Button variant="ghost" size="sm" disabled={isStarting} onClick={syncAll}>
            <RefreshCwIcon aria-hidden />
            <span className="max-sm:sr-only">Sync all</span>
          </Button>
        )
      )}
    </>
  )
}

function RunningSyncs({ running, first }: { running: readonly Running[]; first: Running }) {
  const others = running.length - 1
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="outline" size="sm" className="min-w-0 font-normal">
          <Spinner aria-hidden className="text-muted-foreground" />
          <span className="hidden max-w-64 truncate tabular-nums md:inline">
            {lineOf(first)}
            {others > 0 && `, and ${others} more`}
          </span>
          <span className="md:sr-only">{running.length === 1 ? "Syncing" : `Syncing ${running.length}`}</span>
        </Button>
      </PopoverTrigger>
      <PopoverContent
        aria-label="Syncs under way"
        align="end"
        className="max-h-[70dvh] w-80 overflow-y-auto p-0"
      >
        <ul className="divide-y">
          {running.map(({ id, name, provider, progress }) => (
            <li key={id} className="p-3">
              <div className="mb-2 flex items-center gap-2 font-medium text-sm">
                <ProviderMark provider={provider} />
                {name}
              </div>
              {progress ? (
                <SyncTables progress={progress} />
              ) : (
                <p className="text-muted-foreground text-sm">Under way since before this page was open.</p>
              )}
            </li>
          ))}
        </ul>
      </PopoverContent>
    </Popover>
  )
}

function lineOf({ name, progress }: Running): string {
  return progress ? `${name}: ${progressWords(progress)}` : name
}

const PATIENCE_MS = 5000

/** Tells a screen reader how it goes: now and then, and at the end at once. */
function Announcement({ sentence, isUrgent }: { sentence: string; isUrgent: boolean }) {
  const [said, setSaid] = useState("")
  const say = useEffectEvent(() => setSaid(sentence))
  const isSilent = sentence === ""

  useEffect(() => {
    if (isUrgent && sentence !== "") say()
  }, [isUrgent, sentence])

  useEffect(() => {
    if (isUrgent || isSilent) return undefined
    say()
    const timer = setInterval(() => say(), PATIENCE_MS)
    return () => clearInterval(timer)
  }, [isUrgent, isSilent])

  return (
    <div role="status" aria-live="polite" className="sr-only">
      {said}
    </div>
  )
}
