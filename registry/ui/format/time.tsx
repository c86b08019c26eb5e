import { cn } from "@/lib/utils"
import { durationWords, instantInFull, instantWords } from "./instants.ts"
import { useNow } from "./now.ts"

/**
 * An instant in words, with the exact time, local and UTC, when it is pointed at. The browser shows that by itself: tables
 * have thousands of these.
 */
export function Time({ at, className }: { at: string | null | undefined; className?: string }) {
  const now = useNow()
  if (!at) return <NotTold />
  const instant = new Date(at)
  if (Number.isNaN(instant.getTime())) return <span className={className}>{at}</span>
  const exact = instantInFull(instant)
  return (
    <time dateTime={at} title={`${exact.local}\n${exact.utc}`} className={cn("whitespace-nowrap", className)}>
      {instantWords(instant, now)}
    </time>
  )
}

export function Duration({ ms, className }: { ms: number | null | undefined; className?: string }) {
  if (ms === null || ms === undefined) return <NotTold />
  return <span className={cn("whitespace-nowrap tabular-nums", className)}>{durationWords(ms)}</span>
}

/** Where a provider says nothing, nothing is made up. */
export function NotTold() {
  return (
    <span className="text-muted-foreground">
      <span aria-hidden>–</span>
      <span className="sr-only">Not told</span>
    </span>
  )
}
