import { Unplug } from "lucide-react"
import { Sheet, SheetContent, SheetDescription, SheetHeader, SheetTitle } from "@/components/ui/sheet"
import { ProviderBadge } from "../../badges/provider-mark.tsx"
import { useRead } from "../../data/hooks.tsx"
import { useNavigation } from "../../data/navigation.tsx"
import { EmptyState } from "../../states/empty.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TableSkeleton } from "../../states/skeletons.tsx"
import { isDomain, type Zone } from "./dns-records.ts"
import { DnsRecords } from "./dns-zone.tsx"
import { dnsKey } from "./open-records.tsx"

/** The records of the zone that the address names. */
export function DnsSheet() {
  const { search, setSearch } = useNavigation()
  const id = search[dnsKey]
  return (
    <Sheet open={id !== undefined} onOpenChange={(isOpen) => !isOpen && setSearch({ [dnsKey]: undefined })}>
      <SheetContent className="w-full gap-0 overflow-hidden p-0 sm:max-w-2xl">
        {id !== undefined && <OfZone key={id} id={id} />}
      </SheetContent>
    </Sheet>
  )
}

function OfZone({ id }: { id: string }) {
  const query = useRead("resource", { id })
  const row = query.data?.row
  return (
    <>
      <SheetHeader className="border-b">
        <SheetTitle className="wrap-anywhere">{row ? zoneTitle(row) : "DNS records"}</SheetTitle>
        <SheetDescription asChild>
          <div>{row ? <ProviderBadge provider={row.provider} /> : "The records of a domain"}</div>
        </SheetDescription>
      </SheetHeader>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto p-4">
        <Loaded query={query} what="the domain" skeleton={<TableSkeleton rows={8} columns={3} />}>
          {({ row: loaded }) =>
            isDomain(loaded) ? (
              <DnsRecords zone={loaded} />
            ) : (
              <EmptyState
                icon={Unplug}
                title="This is no domain"
                description="Only a domain has DNS records."
              />
            )
          }
        </Loaded>
      </div>
    </>
  )
}

function zoneTitle(row: object & { name: string }): string {
  const zone = row as Partial<Zone> & { name: string }
  return `DNS records of ${zone.displayName ?? zone.name}`
}
