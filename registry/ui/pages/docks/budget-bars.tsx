import { Progress } from "@/components/ui/progress"
import type { BudgetUse } from "../../../engine/reading.ts"
import { formatCount } from "../../format/numbers.ts"
import { Time } from "../../format/time.tsx"

/** How much of what the provider allows was used lately. Nothing before the first request. */
export function BudgetBars({ budget }: { budget: readonly BudgetUse[] }) {
  if (budget.length === 0) return null
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-medium text-muted-foreground text-xs">Requests lately</h3>
      <ul className="flex flex-col gap-2">
        {budget.map((use) => (
          <li key={`${use.of} ${use.seconds}`} className="flex flex-col gap-1 text-xs">
            <div className="flex justify-between gap-3">
              <span className="min-w-0 truncate" title={use.of}>
                {use.of}
              </span>
              <span className="shrink-0 tabular-nums text-muted-foreground">
                {formatCount(use.used)} of {formatCount(use.limit)} {windowWords(use.seconds)}
              </span>
            </div>
            <Progress
              value={Math.min(100, (100 * use.used) / use.limit)}
              aria-label={`${use.used} of ${use.limit} requests ${windowWords(use.seconds)} at ${use.of}`}
            />
            {use.pausedUntil && (
              <p className="text-muted-foreground">
                The provider asked to be left alone: it goes on <Time at={use.pausedUntil} />.
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
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
