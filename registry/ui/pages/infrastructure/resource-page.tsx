import { ExternalLink } from "lucide-react"
import { Button } from "@/components/ui/button"
import type { ResourceView } from "../../../engine/reading.ts"
import { ProviderBadge, useProvider } from "../../badges/provider-mark.tsx"
import { StatusBadge } from "../../badges/status-badge.tsx"
import { useRead } from "../../data/hooks.tsx"
import { tableTitle, tableWord } from "../../format/words.ts"
import { ActionsMenu } from "../../operations/actions-menu.tsx"
import { Page } from "../../page/page.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { CardsSkeleton } from "../../states/skeletons.tsx"
import { isDomain, isZone } from "./dns-records.ts"
import { HistorySection } from "./history.tsx"
import { OpenRecords, RecordsBeside } from "./open-records.tsx"
import { outsideLink } from "./outside-link.ts"
import { ProviderFields } from "./provider-fields.tsx"
import { Related } from "./related-rows.tsx"
import { RowIds } from "./row-ids.tsx"
import { RowNotice } from "./row-notice.tsx"
import { UniversalFields } from "./universal-fields.tsx"

/** One row, with all there is to know of it. */
export function ResourcePage({ id }: { id: string }) {
  // While one row is asked for, another is not shown in its place.
  return <Resource key={id} id={id} />
}

function Resource({ id }: { id: string }) {
  const query = useRead("resource", { id })
  if (!query.data) {
    return (
      <Page title="Resource">
        <Loaded query={query} what="this row" skeleton={<CardsSkeleton count={4} />}>
          {() => null}
        </Loaded>
      </Page>
    )
  }
  const { table, row } = query.data
  return (
    <Page
      title={nameOf(query.data)}
      back={{ to: { page: "table", table }, label: tableTitle(table) }}
      badge={<StatusBadge table={table} status={row.status} providerStatus={row.providerStatus} />}
      description={
        <span className="flex flex-wrap items-center gap-x-2">
          <ProviderBadge provider={row.provider} />
          <span aria-hidden>·</span>
          <span>{tableWord(table, "one")}</span>
        </span>
      }
      actions={
        <>
          <ConsoleLink provider={row.provider} address={row.providerUrl} />
          {hasRecords(query.data) && <OpenRecords id={row.id} />}
          <ActionsMenu view={query.data} />
        </>
      }
    >
      <Loaded query={query} what="this row" skeleton={null}>
        {(view) => <Body view={view} />}
      </Loaded>
      <RecordsBeside />
    </Page>
  )
}

function nameOf({ row }: ResourceView): string {
  return "displayName" in row && typeof row.displayName === "string" ? row.displayName : row.name
}

/** A zone, even one without records yet; or whatever else of a domain has records. */
function hasRecords({ row, related }: ResourceView): boolean {
  const hasPart = related.some(({ table, relation }) => table === "dnsRecords" && relation === "part")
  return isDomain(row) && (isZone(row) || hasPart)
}

function Body({ view }: { view: ResourceView }) {
  return (
    <>
      <RowNotice row={view.row} provisionings={view.history.provisionings} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
        <div className="grid min-w-0 gap-5">
          <UniversalFields view={view} />
          <Related related={view.related} />
          <ProviderFields id={view.row.id} />
        </div>
        <div className="grid min-w-0 gap-5">
          <HistorySection history={view.history} />
          <RowIds view={view} />
        </div>
      </div>
    </>
  )
}

function ConsoleLink({ provider, address }: { provider: string; address: string | null }) {
  const { title } = useProvider(provider)
  const href = outsideLink(address)
  if (!href) return null
  return (
    <Button variant="outline" size="sm" asChild>
      <a href={href} target="_blank" rel="noopener noreferrer">
        <ExternalLink aria-hidden />
        Open at {title}
      </a>
    </Button>
  )
}
