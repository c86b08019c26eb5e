import { Skeleton } from "@/components/ui/skeleton"
import { TableSkeleton } from "../states/skeletons.tsx"

/** While the code of a page is on its way. */
export function PagePending() {
  return (
    <div className="flex flex-col gap-5 px-4 py-5 sm:px-6" aria-busy="true">
      <span role="status" className="sr-only">
        Loading the page
      </span>
      <Skeleton aria-hidden className="h-6 w-48" />
      <div aria-hidden="true" className="rounded-lg border px-4">
        <TableSkeleton />
      </div>
    </div>
  )
}
