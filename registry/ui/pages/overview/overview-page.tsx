import { PlugIcon, PlugZapIcon } from "lucide-react"
import { Button } from "@/components/ui/button"
import { useMay, useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { Page } from "../../page/page.tsx"
import { EmptyState } from "../../states/empty.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { CardsSkeleton } from "../../states/skeletons.tsx"
import { Counts } from "./counts.tsx"
import { LastSyncs } from "./last-syncs.tsx"
import { ProviderCounts } from "./provider-counts.tsx"
import { RecentAudit } from "./recent-audit.tsx"
import { RecentChanges } from "./recent-changes.tsx"

/** What there is, how it is doing, and what has happened since yesterday. */
export function OverviewPage() {
  const counts = useRead("counts", {})
  const docks = useRead("docks", {})
  const mayConnect = useMay("docks", "full")
  const hasRows = counts.data?.some(({ total }) => total > 0) ?? false
  const isFresh = docks.data?.length === 0 && counts.data !== undefined && !hasRows

  return (
    <Page
      title="Overview"
      actions={
        mayConnect &&
        !isFresh && (
          <Button asChild variant="outline" size="sm">
            <PlaceLink to={{ page: "connect" }}>
              <PlugIcon aria-hidden />
              Connect an account
            </PlaceLink>
          </Button>
        )
      }
    >
      {isFresh ? (
        <Fresh mayConnect={mayConnect ?? false} />
      ) : (
        <div className="grid min-w-0 gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(22rem,1fr)]">
          <div className="flex min-w-0 flex-col gap-5">
            <Loaded query={counts} what="the counts" skeleton={<CardsSkeleton count={6} />}>
              {(all) => <Counts counts={all} />}
            </Loaded>
            <RecentChanges />
          </div>
          <div className="flex min-w-0 flex-col gap-5">
            <LastSyncs docks={docks} />
            {hasRows && counts.data && <ProviderCounts counts={counts.data} />}
            <RecentAudit />
          </div>
        </div>
      )}
    </Page>
  )
}

function Fresh({ mayConnect }: { mayConnect: boolean }) {
  return (
    <div className="rounded-lg border">
      <EmptyState
        icon={PlugZapIcon}
        title="Nothing is connected yet"
        description={
          mayConnect
            ? "Connect an account of a provider. What it has is then listed here, beside that of every other account."
            : "Somebody whose role permits it has to connect an account of a provider first."
        }
        action={
          mayConnect && (
            <Button asChild>
              <PlaceLink to={{ page: "connect" }}>Connect an account</PlaceLink>
            </Button>
          )
        }
      />
    </div>
  )
}
