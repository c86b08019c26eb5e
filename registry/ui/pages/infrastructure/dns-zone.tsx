import { Globe, SearchX } from "lucide-react"
import { useState } from "react"
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group"
import { useRead } from "../../data/hooks.tsx"
import { formatCount } from "../../format/numbers.ts"
import { tableNoun } from "../../format/words.ts"
import { EmptyState } from "../../states/empty.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TableSkeleton } from "../../states/skeletons.tsx"
import { SearchBox } from "../../table/search-box.tsx"
import { AddRecord } from "./dns-add.tsx"
import { DnsGroup } from "./dns-group.tsx"
import { MadeRecords, type Making } from "./dns-made.tsx"
import { type DnsRecord, grouped, recordsRequest, type Zone } from "./dns-records.ts"
import { UntoldChanges } from "./dns-untold.tsx"
import { countUntold, withEarly } from "./early-records.ts"
import { useEarlyRecords } from "./use-early-records.ts"

/** The records of one zone, searched, and grouped by type or by name. */
export function DnsRecords({ zone }: { zone: Zone }) {
  const [text, setText] = useState("")
  const [by, setBy] = useState<"type" | "name">("type")
  const [made, setMade] = useState<readonly Making[]>([])
  const { early, deeds } = useEarlyRecords()
  const request = recordsRequest(zone, text.trim())
  const query = useRead("resources", request)
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox
          label="Search the records"
          text={text}
          onText={setText}
          className="min-w-40 flex-1 sm:w-auto"
        />
        <ToggleGroup
          type="single"
          variant="outline"
          size="sm"
          aria-label="Group by"
          value={by}
          onValueChange={(value) => (value === "type" || value === "name") && setBy(value)}
        >
          <ToggleGroupItem value="type">By type</ToggleGroupItem>
          <ToggleGroupItem value="name">By name</ToggleGroupItem>
        </ToggleGroup>
        <AddRecord
          zone={zone}
          showEarly={deeds.add}
          onMade={(making) => setMade((before) => [...before, making])}
        />
      </div>
      <MadeRecords
        made={made}
        onOver={({ id, takeBack }, isMade) => {
          takeBack()
          if (isMade) setMade((before) => before.filter((other) => other.id !== id))
        }}
      />
      <Loaded query={query} what="the records" skeleton={<TableSkeleton rows={8} columns={3} />}>
        {({ rows, total }) => {
          // Only records of the table that was asked for come.
          const records = rows as DnsRecord[]
          const shown = withEarly(records, early)
          const untold = countUntold(records, early)
          if (shown.length === 0) return <NoRecords isSearched={text.trim() !== ""} />
          return (
            <>
              {untold > 0 && <UntoldChanges count={untold} zone={zone} />}
              {grouped(shown, by, zone.name).map((group) => (
                <DnsGroup key={group.title} group={group} by={by} zone={zone} showEarly={deeds} />
              ))}
              <output className="text-xs text-muted-foreground">
                {total > rows.length
                  ? `The first ${formatCount(rows.length)} of ${formatCount(total)} records. Search to see others.`
                  : tableNoun("dnsRecords", total)}
              </output>
            </>
          )
        }}
      </Loaded>
    </div>
  )
}

function NoRecords({ isSearched }: { isSearched: boolean }) {
  return isSearched ? (
    <EmptyState
      icon={SearchX}
      title="No records match"
      description="Search for a name, a type or a content."
    />
  ) : (
    <EmptyState
      icon={Globe}
      title="No records"
      description="The last sync found none in this zone, or the dock does not read records."
    />
  )
}
