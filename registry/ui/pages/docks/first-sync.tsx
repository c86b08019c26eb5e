import { CircleCheckIcon } from "lucide-react"
import { useEffect, useRef } from "react"
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert"
import { Button } from "@/components/ui/button"
import type { ProviderInfo } from "../../../engine/reading.ts"
import type { ConnectedDock, DockReport } from "../../../engine/stackdock.ts"
import { useAct, useMay } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { formatCount } from "../../format/numbers.ts"
import { tableTitle } from "../../format/words.ts"
import { SyncTables } from "../../operations/sync-tables.tsx"
import { useSyncProgress } from "../../operations/use-sync-progress.ts"
import { Section } from "../../page/page.tsx"

interface FirstSyncProps {
  dock: ConnectedDock
  provider: ProviderInfo
}

/** What the provider said of the credential, and the first sync as it goes. */
export function FirstSync({ dock, provider }: FirstSyncProps) {
  const progress = useSyncProgress().get(dock.dockId)
  const maySync = useMay("operations", "full")
  const heading = useRef<HTMLDivElement>(null)
  const { mutate: sync, error } = useAct("sync")
  const begun = useRef(false)

  useEffect(() => void heading.current?.focus(), [])
  useEffect(() => {
    if (maySync !== true || begun.current) return
    begun.current = true
    sync({ docks: [dock.dockId] })
  }, [maySync, sync, dock.dockId])

  return (
    <div className="flex max-w-xl flex-col gap-4">
      <Alert ref={heading} role="status" tabIndex={-1}>
        <CircleCheckIcon aria-hidden />
        <AlertTitle>{verdict(dock, provider)}</AlertTitle>
        {dock.sameAccountAs.length > 0 && (
          <AlertDescription>
            The same account is connected as {dock.sameAccountAs.join(", ")} already. Each of them has its own
            rows of everything, so all of it is there more than once. Disconnect one of them if that is not
            what you want.
          </AlertDescription>
        )}
      </Alert>
      {maySync === false ? (
        <p className="text-sm">Someone who may sync has to begin the first one.</p>
      ) : (
        <Section title="First sync" description="It goes on when you leave this page.">
          {error ? (
            <Alert variant="destructive">
              <AlertTitle>The sync did not begin: {error.message}</AlertTitle>
              {error.suggestion && <AlertDescription>{error.suggestion}</AlertDescription>}
            </Alert>
          ) : (
            <SyncTables
              progress={progress ?? { isRunning: true, tables: new Map(), report: null }}
              planned={provider.tables}
            />
          )}
        </Section>
      )}
      {progress?.report && <Ended report={progress.report} provider={provider} />}
      <div className="flex flex-wrap gap-2">
        <Button asChild variant={progress?.report ? "default" : "outline"}>
          <PlaceLink to={{ page: "docks" }}>To the docks</PlaceLink>
        </Button>
        {progress?.report && (
          <Button asChild variant="outline">
            <PlaceLink to={{ page: "overview" }}>To the overview</PlaceLink>
          </Button>
        )}
      </div>
    </div>
  )
}

function verdict({ account, name }: ConnectedDock, { title }: ProviderInfo): string {
  if (!account) return `${name} is stored. ${title} was not asked about its credential.`
  return `${title} accepted the credential. ${name} is connected to ${account.name}.`
}

function Ended({ report, provider }: { report: DockReport; provider: ProviderInfo }) {
  const count = report.scopes.reduce((sum, scope) => sum + scope.fetched, 0)
  const failed = report.scopes.filter(({ error }) => error)
  const tables = [...new Set(report.scopes.filter(({ fetched }) => fetched > 0).map(({ table }) => table))]
  return (
    <div role="status" className="flex flex-col gap-2 text-sm">
      {report.error ? (
        <p>
          The sync failed: {report.error.message} {report.error.suggestion}
        </p>
      ) : (
        <p>
          {formatCount(count)} rows are here.
          {failed.length > 0 &&
            ` ${failed.length} listings failed, the first with: ${failed[0]?.error?.message} What failed is asked again with the next sync.`}
        </p>
      )}
      {tables.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {tables.map((table) => (
            <li key={table}>
              <Button asChild variant="outline" size="sm">
                <PlaceLink to={{ page: "table", table, search: { provider: provider.provider } }}>
                  {tableTitle(table)}
                </PlaceLink>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
