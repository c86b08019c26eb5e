import type { ErrorComponentProps } from "@tanstack/react-router"
import { RotateCwIcon, TriangleAlertIcon } from "lucide-react"
import { Button } from "@/components/ui/button"
import { Page } from "../page/page.tsx"
import { EmptyState } from "../states/empty.tsx"

/** A page that broke. The rest of the app goes on. */
export function RouteError({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page broke">
      <div role="alert">
        <EmptyState
          icon={TriangleAlertIcon}
          title="Something here went wrong"
          description={
            <>
              <span className="block break-words">
                {error instanceof Error ? error.message : String(error)}
              </span>
              <span className="mt-1 block">Nothing was changed by it. The other pages work as before.</span>
            </>
          }
          action={
            <div className="flex gap-2">
              <Button variant="outline" size="sm" onClick={reset}>
                <RotateCwIcon aria-hidden />
                Try again
              </Button>
              <Button variant="ghost" size="sm" onClick={() => location.reload()}>
                Reload the app
              </Button>
            </div>
          }
        />
      </div>
    </Page>
  )
}
