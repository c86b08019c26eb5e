import { useState } from "react"
import { Button } from "@/components/ui/button"
import { Progress } from "@/components/ui/progress"
import type { BudgetUse } from "../../../engine/reading.ts"
import { formatCount } from "../../format/numbers.ts"
import { Time } from "../../format/time.tsx"

/** So many are shown before somebody asks for the rest: a provider may count each of its endpoints. */
const FEW = 2

/** How much of what the provider allows was used lately, the fullest first. Nothing before the first request. */
export function BudgetBars({ budget }: { budget: readonly BudgetUse[] }) {
  const [isWhole, setWhole] = useState(false)
  if (budget.length === 0) return null
  const ordered = [...budget].sort((a, b) => fullness(b) - fullness(a))
  const shown = isWhole ? ordered : ordered.slice(0, FEW)
  return (
    <div className="flex flex-col gap-2 text-xs">
      <h3 className="font-medium text-muted-foreground">Requests lately</h3>
      <ul className="flex flex-col gap-2">
        {shown.map((use) => (
          <li key={`${use.of} ${use.seconds}`}>
            <Bar use={use} />
          </li>
        ))}
      </ul>
      {budget.length > FEW && (
        <Button variant="link" size="xs" className="self-start px-0" onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Show fewer" : `and ${budget.length - FEW} more`}
        </Button>
      )}
    </div>
  )
}

function Bar({ use }: { use: BudgetUse }) {
  return (
    <div className="flex flex-col gap-1">
      <div className="flex justify-between gap-3">
        <span className="min-w-0 truncate" title={use.of}>
          {use.of}
        </span>
        <span className="shrink-0 text-muted-foreground tabular-nums">
          {formatCount(use.used)} of {formatCount(use.limit)} {windowWords(use.seconds)}
        </span>
      </div>
      <Progress
        value={Math.min(100, 100 * fullness(use))}
        aria-label={`${use.used} of ${use.limit} requests ${windowWords(use.seconds)} at ${use.of}`}
      />
      {use.pausedUntil && (
        <p className="text-muted-foreground">
          The provider asked to be left alone: it goes on <Time at={use.pausedUntil} />.
        </p>
      )}
    </div>
  )
}

/** Where the provider wants to be left alone, there is nothing left. */
function fullness({ used, limit, pausedUntil }: BudgetUse): number {
  return pausedUntil ? 1 : used / limit
}

function windowWords(seconds: number): string {
  const units: readonly [number, string][] = [
    [86_400, "day"],
    [3600, "hour"],
    [60, "minute"],
    [1, "second"],
  ]
  const [size, unit] = units.find(([size]) => seconds % size === 0) ?? [1, "second"]
  const count = seconds / size
  return count === 1 ? `a ${unit}`.replace("a hour", "an hour") : `in ${count} ${unit}s`
}
