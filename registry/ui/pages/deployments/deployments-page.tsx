import { Table2, X } from "lucide-react"
import { useState } from "react"
import { Button } from "@/components/ui/button"
import type { PageRequest } from "../../../engine/reading.ts"
import { useData, useRead } from "../../data/hooks.tsx"
import { PlaceLink, useNavigation } from "../../data/navigation.tsx"
import { useNow } from "../../format/now.ts"
import { formatCount } from "../../format/numbers.ts"
import { tableNoun } from "../../format/words.ts"
import { Page } from "../../page/page.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TableSkeleton } from "../../states/skeletons.tsx"
import { Facets } from "../../table/facets.tsx"
import { NoMatch } from "../../table/resource-states.tsx"
import { countFilters, filterOf, keptSearch, withoutFilters } from "../../table/search.ts"
import { SearchBox } from "../../table/search-box.tsx"
import { useSearchText } from "../../table/use-search-text.ts"
import { NothingYet } from "../infrastructure/nothing-yet.tsx"
import { byDay, type Deployment } from "./days.ts"
import { DeploymentLine } from "./deployment-line.tsx"
import { useServices } from "./use-services.ts"

const step = 100
/** As many as the port gives at once; older ones are in the table. */
const most = 500

/** What was deployed, across all accounts, day by day. */
export function DeploymentsPage() {
  const { search, setSearch } = useNavigation()
  const { abilities } = useData()
  const { text, setText, asked } = useSearchText()
  const [wanted, setWanted] = useState(step)
  const now = { ...search, q: asked }
  const request: PageRequest = {
    table: "deployments",
    filter: filterOf(now),
    // Where the store has its own order, the newest among many can only be found by reading them all.
    ...(abilities.sortsByAnyColumn
      ? { sort: { column: "startedAt", descending: true }, limit: wanted }
      : { limit: most }),
  }
  const query = useRead("resources", request)
  const isFiltered = countFilters(now) > 0
  const clear = () => {
    setText("")
    setSearch(withoutFilters, { replace: true })
  }
  return (
    <Page
      title="Deployments"
      actions={
        <Button variant="outline" size="sm" asChild>
          <PlaceLink to={{ page: "table", table: "deployments", search: keptSearch(search) }}>
            <Table2 aria-hidden />
            All in a table
          </PlaceLink>
        </Button>
      }
    >
      <search className="flex flex-wrap items-center gap-2">
        <SearchBox label="Search by message, branch or address" text={text} onText={setText} />
        <Facets table="deployments" filter={{}} />
        {(isFiltered || text !== "") && (
          <Button variant="ghost" size="sm" onClick={clear}>
            <X aria-hidden />
            Clear
          </Button>
        )}
        <output className="ml-auto text-sm text-muted-foreground tabular-nums">
          {query.data && tableNoun("deployments", query.data.total)}
        </output>
      </search>
      <Loaded query={query} what="the deployments" skeleton={<TableSkeleton rows={12} columns={3} />}>
        {({ rows, total }) => {
          if (rows.length === 0) {
            return isFiltered ? (
              <NoMatch table="deployments" onClear={clear} />
            ) : (
              <NothingYet table="deployments" />
            )
          }
          return (
            <>
              {/* Only rows of the table that was asked for come. */}
              <Days deployments={rows as Deployment[]} />
              {total > rows.length && (
                <div className="flex items-center justify-center gap-3 text-sm text-muted-foreground">
                  <span>
                    {formatCount(rows.length)} of {formatCount(total)}
                  </span>
                  {wanted < most && abilities.sortsByAnyColumn && (
                    <Button variant="outline" size="sm" onClick={() => setWanted(wanted + step)}>
                      Show older ones
                    </Button>
                  )}
                </div>
              )}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

function Days({ deployments }: { deployments: Deployment[] }) {
  const now = useNow()
  const serviceOf = useServices()
  return byDay(deployments, now).map(({ title, deployments: ofDay }) => (
    <section key={title} aria-label={title}>
      <h2 className="mb-2 text-xs font-medium text-muted-foreground">{title}</h2>
      <ol className="divide-y rounded-lg border bg-card">
        {ofDay.map((deployment) => (
          <DeploymentLine key={deployment.id} deployment={deployment} service={serviceOf(deployment)} />
        ))}
      </ol>
    </section>
  ))
}
