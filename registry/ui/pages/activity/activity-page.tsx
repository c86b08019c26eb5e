import { HistoryIcon, SearchXIcon } from "lucide-react"
import { useEffect, useEffectEvent, useRef } from "react"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { useMay, useRead } from "../../data/hooks.tsx"
import { useNavigation } from "../../data/navigation.tsx"
import { Page } from "../../page/page.tsx"
import { EmptyState } from "../../states/empty.tsx"
import { ErrorState, NoPermission } from "../../states/error.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TableSkeleton } from "../../states/skeletons.tsx"
import { filterOf, isNarrowed, withoutFilters } from "./activity-filter.ts"
import { ActivityFilters } from "./activity-filters.tsx"
import { EntriesTable } from "./entries-table.tsx"
import { ExportLog } from "./export-log.tsx"
import { useEntries } from "./use-entries.ts"

/** The audit log. */
export function ActivityPage() {
  const { search } = useNavigation()
  const maySee = useMay("settings")
  const filter = filterOf(search)
  const members = useRead("members", {}, { enabled: maySee === true }).data ?? []

  return (
    <Page
      title="Activity"
      description="Who did what to which row, and how it ended. Credentials and contents are never written down."
      actions={maySee && <ExportLog filter={filter} />}
    >
      {maySee === false ? (
        <NoPermission what="the activity" />
      ) : (
        <>
          <ActivityFilters members={members} />
          <Log filter={filter} members={members} />
        </>
      )}
    </Page>
  )
}

function Log({
  filter,
  members,
}: {
  filter: ReturnType<typeof filterOf>
  members: Parameters<typeof EntriesTable>[0]["members"]
}) {
  const query = useEntries(filter, useMay("settings") === true)
  const { data, error, refetch, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const older = () => void fetchNextPage()
  return (
    <Loaded
      // What could not be had of the older entries says so below them.
      query={{ data, error: isFetchNextPageError ? null : error, refetch }}
      what="the activity"
      skeleton={
        <div className="rounded-lg border px-3">
          <TableSkeleton rows={12} columns={5} />
        </div>
      }
    >
      {(entries) =>
        entries.length === 0 ? (
          <NoEntries />
        ) : (
          <div className="flex flex-col gap-5">
            <EntriesTable entries={entries} members={members} />
            {isFetchNextPageError && error ? (
              <ErrorState error={error} what="older entries" onRetry={older} />
            ) : hasNextPage ? (
              <Older isLoading={isFetchingNextPage} onLoad={older} />
            ) : (
              <p className="text-center text-muted-foreground text-sm">That is the beginning.</p>
            )}
          </div>
        )
      }
    </Loaded>
  )
}

/** Loads what is older as soon as it comes into view, and for whoever presses it. */
function Older({ isLoading, onLoad }: { isLoading: boolean; onLoad: () => void }) {
  const place = useRef<HTMLDivElement>(null)
  const load = useEffectEvent(() => {
    if (!isLoading) onLoad()
  })
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && load(),
      { rootMargin: "400px" },
    )
    if (place.current) observer.observe(place.current)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={place} className="flex justify-center">
      <Button variant="outline" size="sm" disabled={isLoading} onClick={onLoad}>
        {isLoading && <Spinner aria-hidden />}
        {isLoading ? "Loading older entries" : "Load older entries"}
      </Button>
    </div>
  )
}

function NoEntries() {
  const { search, setSearch } = useNavigation()
  return isNarrowed(search) ? (
    <EmptyState
      icon={SearchXIcon}
      title="Nothing fits these filters"
      action={
        <Button variant="outline" size="sm" onClick={() => setSearch(withoutFilters)}>
          Clear filters
        </Button>
      }
    />
  ) : (
    <EmptyState
      icon={HistoryIcon}
      title="Nothing was done yet"
      description="Whatever somebody connects, syncs, makes or changes is written down here."
    />
  )
}
