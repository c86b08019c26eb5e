import { CloudOffIcon, LockIcon, RotateCwIcon, TriangleAlertIcon } from "lucide-react"
import { Button } from "@/components/ui/button"
import type { DataError } from "../data/port.ts"
import { EmptyState } from "./empty.tsx"

/** What failed, why, and what to do about it. */
export function ErrorState({
  error,
  what,
  onRetry,
}: {
  error: Pick<DataError, "code" | "message" | "suggestion">
  /** As it stands after "Could not load": `the servers`. */
  what: string
  onRetry?: (() => void) | undefined
}) {
  return (
    <div role="alert">
      <EmptyState
        icon={error.code === "offline" ? CloudOffIcon : TriangleAlertIcon}
        title={`Could not load ${what}`}
        description={
          <>
            <span className="block">{error.message}</span>
            {error.suggestion && <span className="mt-1 block">{error.suggestion}</span>}
          </>
        }
        action={
          onRetry && (
            <Button variant="outline" size="sm" onClick={onRetry}>
              <RotateCwIcon aria-hidden />
              Try again
            </Button>
          )
        }
      />
    </div>
  )
}

/** The role of who is here does not reach this far. */
export function NoPermission({ what }: { what: string }) {
  return (
    <EmptyState
      icon={LockIcon}
      title={`You may not see ${what}`}
      description="Your role in this organisation does not permit it. An owner or an admin can give you one that does."
    />
  )
}
