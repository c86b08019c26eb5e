import { TriangleAlertIcon } from "lucide-react"
import type { ReactNode } from "react"
import { Button } from "@/components/ui/button"
import type { DataError } from "../data/port.ts"
import { ErrorState, NoPermission } from "./error.tsx"

/** A query of TanStack Query's, or several that were put together. */
export interface Answering<Data> {
  data: Data | undefined
  error: DataError | null
  refetch(): unknown
}

/** What is there once it is there; until then, or if it cannot be had, what to see instead. */
export function Loaded<Data>({
  query,
  what,
  skeleton,
  children,
}: {
  query: Answering<Data>
  /** As it stands in a sentence: `the servers`. */
  what: string
  skeleton: ReactNode
  children: (data: Data) => ReactNode
}) {
  const { data, error } = query
  const retry = () => void query.refetch()
  // What was seen before a role was taken away is not to be seen any longer.
  if (error?.code === "denied") return <NoPermission what={what} />
  if (data !== undefined) {
    return (
      <>
        {error && <Outdated error={error} what={what} onRetry={retry} />}
        {children(data)}
      </>
    )
  }
  if (error) return <ErrorState error={error} what={what} onRetry={retry} />
  return (
    <div aria-busy="true">
      <span role="status" className="sr-only">
        Loading {what}
      </span>
      <div aria-hidden="true">{skeleton}</div>
    </div>
  )
}

/** Above rows that are there from before. */
function Outdated({ error, what, onRetry }: { error: DataError; what: string; onRetry: () => void }) {
  return (
    <div
      role="alert"
      className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border px-3 py-1.5 text-sm"
    >
      <TriangleAlertIcon aria-hidden className="size-4 shrink-0 text-warning" />
      <span className="min-w-0 flex-1">
        Could not refresh {what}: {error.message}
      </span>
      <Button variant="outline" size="xs" onClick={onRetry}>
        Try again
      </Button>
    </div>
  )
}
