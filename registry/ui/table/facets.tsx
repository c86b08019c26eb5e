import type { PageFilter } from "../../engine/reading.ts"
import type { ResourceTableName } from "../../schema/index.ts"
import { ProviderMark } from "../badges/provider-mark.tsx"
import { useRead } from "../data/hooks.tsx"
import { statusWord } from "../format/words.ts"
import { type FacetChoice, FacetMenu } from "./facet-menu.tsx"

const environments = ["production", "staging", "preview", "development"]
/** The tables whose rows have an environment. */
const withEnvironment: readonly ResourceTableName[] = ["webServices", "deployments"]

interface FacetsProps {
  table: ResourceTableName
  /** What the page has decided itself is not offered. */
  filter: PageFilter
}

/** The filters of a table, with how many rows each value has. */
export function Facets({ table, filter }: FacetsProps) {
  const counts = useRead("counts", {}).data?.find((one) => one.table === table)
  const providers = useProviders(counts?.byProvider ?? {})
  const docks = useDocks(table)
  const statuses = Object.entries(counts?.byStatus ?? {}).map(([value, count]) => ({
    value,
    title: statusWord(value),
    count,
  }))
  return (
    <>
      {!filter.providers && <FacetMenu facet="provider" title="Provider" choices={providers} />}
      {!filter.docks && docks.length > 1 && <FacetMenu facet="dock" title="Account" choices={docks} />}
      {!filter.statuses && <FacetMenu facet="status" title="Status" choices={statuses} />}
      {!filter.environments && withEnvironment.includes(table) && (
        <FacetMenu
          facet="environment"
          title="Environment"
          choices={environments.map((value) => ({ value, title: statusWord(value) }))}
        />
      )}
    </>
  )
}

function useProviders(counts: Record<string, number>): FacetChoice[] {
  const providers = useRead("providers", {}).data ?? []
  return Object.entries(counts).map(([value, count]) => ({
    value,
    count,
    title: (
      <>
        <ProviderMark provider={value} />
        {providers.find(({ provider }) => provider === value)?.title ?? value}
      </>
    ),
  }))
}

/** The accounts that bring rows to the table. Whoever may not see accounts is offered none. */
function useDocks(table: ResourceTableName): FacetChoice[] {
  const docks = useRead("docks", {}).data ?? []
  const providers = useRead("providers", {}).data ?? []
  const brings = new Set(
    providers.filter(({ tables }) => tables.includes(table)).map(({ provider }) => provider),
  )
  return docks
    .filter(({ provider }) => brings.has(provider))
    .map(({ id, name, provider }) => ({
      value: id,
      title: (
        <>
          <ProviderMark provider={provider} />
          {name}
        </>
      ),
    }))
}
