import { Database, Plug } from "lucide-react"
import { Button } from "@/components/ui/button"
import type { ResourceTableName } from "../../../schema/index.ts"
import { useMay, useRead } from "../../data/hooks.tsx"
import { PlaceLink, useNavigation } from "../../data/navigation.tsx"
import { language } from "../../format/locale.ts"
import { tableWord } from "../../format/words.ts"
import { EmptyState } from "../../states/empty.tsx"

/** A table without rows: because nothing is connected, or because nothing that is connected has any. */
export function NothingYet({ table }: { table: ResourceTableName }) {
  const docks = useRead("docks", {}).data
  const providers = useRead("providers", {})
  const mayConnect = useMay("docks", "full")
  const { setSearch } = useNavigation()
  const words = tableWord(table, "many")
  const titles = (providers.data ?? [])
    .filter(({ tables }) => tables.includes(table))
    .map(({ title }) => title)
  const connect = mayConnect && (
    <Button size="sm" asChild>
      <PlaceLink to={{ page: "connect" }}>Connect an account</PlaceLink>
    </Button>
  )
  if (docks?.length === 0) {
    return (
      <EmptyState
        icon={Plug}
        title="No account is connected"
        description={`Connect an account of a provider, and its ${words} are listed here after the first sync.`}
        action={connect}
      />
    )
  }
  return (
    <EmptyState
      icon={Database}
      title={`No ${words}`}
      description={
        titles.length > 0
          ? `${listed(titles)} ${titles.length === 1 ? "brings" : "bring"} ${words}. None of the accounts that are connected has any.`
          : providers.data
            ? `None of the docks of this project brings ${words}.`
            : // Not every role may know which docks there are.
              "None of the accounts that are connected has any."
      }
      action={
        <>
          {connect}
          <Button variant="outline" size="sm" onClick={() => setSearch({ removed: "1" })}>
            Show removed {words}
          </Button>
        </>
      }
    />
  )
}

function listed(words: readonly string[]): string {
  return new Intl.ListFormat(language, { type: "conjunction" }).format(words)
}
