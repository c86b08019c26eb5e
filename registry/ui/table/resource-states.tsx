import { SearchX, TriangleAlert } from "lucide-react"
import { Button } from "@/components/ui/button"
import type { ResourceTableName } from "../../schema/index.ts"
import { useNavigation } from "../data/navigation.tsx"
import type { DataError } from "../data/port.ts"
import { tableWord } from "../format/words.ts"
import { EmptyState } from "../states/empty.tsx"
import { ErrorState, NoPermission } from "../states/error.tsx"
import { TableSkeleton } from "../states/skeletons.tsx"
import { withoutFilters } from "./search.ts"

interface Failed {
  error: DataError
  onRetry(): void
}

/** Nothing is known yet. */
export function FirstRows({ table }: { table: ResourceTableName }) {
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        Loading the {tableWord(table, "many")}
      </span>
      <div aria-hidden="true">
        <TableSkeleton rows={12} columns={5} />
      </div>
    </div>
  )
}

/** There is nothing to show, because it could not be read. */
export function NotRead({ table, error, onRetry }: Failed & { table: ResourceTableName }) {
  const what = `the ${tableWord(table, "many")}`
  if (error.code === "denied") return <NoPermission what={what} />
  return <ErrorState error={error} what={what} onRetry={onRetry} />
}

/** There are rows, but not the newest. */
export function StaleNotice({ error, onRetry }: Failed) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-3 rounded-md border px-3 py-1.5 text-sm">
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      <span className="min-w-0 flex-1">Some rows could not be read: {error.message}</span>
      <Button variant="outline" size="sm" onClick={onRetry}>
        Try again
      </Button>
    </div>
  )
}

/** There are rows, but the filter lets none through. */
export function NoMatch({ table, onClear }: { table: ResourceTableName; onClear(): void }) {
  const { setSearch } = useNavigation()
  const clear = () => {
    onClear()
    setSearch(withoutFilters, { replace: true })
  }
  return (
    <EmptyState
      icon={SearchX}
      title={`No ${tableWord(table, "many")} match`}
      description="Every word has to be in the row's name or in another text that tells what it is, and every filter has to fit."
      action={
        <Button variant="outline" size="sm" onClick={clear}>
          Clear the filters
        </Button>
      }
    />
  )
}
