import { MapIcon } from "lucide-react"
import { Button } from "@/components/ui/button"
import { PlaceLink } from "../data/navigation.tsx"
import { Page } from "../page/page.tsx"
import { EmptyState } from "../states/empty.tsx"

export function NotFoundPage() {
  return (
    <Page title="Not found">
      <EmptyState
        icon={MapIcon}
        title="There is no such page"
        description="The address may be mistyped, or from another version of the dashboard."
        action={
          <Button asChild variant="outline" size="sm">
            <PlaceLink to={{ page: "overview" }}>Go to the overview</PlaceLink>
          </Button>
        }
      />
    </Page>
  )
}
