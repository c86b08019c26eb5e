import { Skeleton } from "@/components/ui/skeleton"
import { cn } from "@/lib/utils"

/** Widths that repeat late enough to look like text. */
const widths = ["w-3/5", "w-4/5", "w-2/5", "w-3/4", "w-1/2"]

export function TableSkeleton({ rows = 8, columns = 4 }: { rows?: number; columns?: number }) {
  return (
    <div className="flex flex-col divide-y">
      {steps(rows).map((row) => (
        <div key={row} className="flex h-10 items-center gap-4">
          {steps(columns).map((column) => (
            <div key={column} className="flex-1">
              <Skeleton className={cn("h-3.5", widths[(row * 2 + column * 3) % widths.length])} />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

export function CardsSkeleton({ count = 6 }: { count?: number }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
      {steps(count).map((card) => (
        <div key={card} className="flex flex-col gap-3 rounded-lg border p-4">
          <Skeleton className="h-4 w-1/3" />
          <Skeleton className="h-3.5 w-4/5" />
          <Skeleton className="h-3.5 w-3/5" />
        </div>
      ))}
    </div>
  )
}

export function FormSkeleton({ fields = 3 }: { fields?: number }) {
  return (
    <div className="flex max-w-lg flex-col gap-5">
      {steps(fields).map((field) => (
        <div key={field} className="flex flex-col gap-2">
          <Skeleton className="h-3.5 w-28" />
          <Skeleton className="h-9 w-full" />
        </div>
      ))}
      <Skeleton className="h-9 w-32" />
    </div>
  )
}

export function TextSkeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div className="flex flex-col gap-2">
      {steps(lines).map((line) => (
        <Skeleton key={line} className={cn("h-3.5", widths[line % widths.length])} />
      ))}
    </div>
  )
}

function steps(count: number): number[] {
  return Array.from({ length: count }, (_, step) => step)
}
