import { ProviderMark } from "../../badges/provider-mark.tsx"
import { useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { Time } from "../../format/time.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TableSkeleton } from "../../states/skeletons.tsx"
import { ReportBadge } from "./report-badge.tsx"
import { kindTitle, subjectOf } from "./report-words.ts"

/** What was made and removed lately, and what is still under way. */
export function RecentProvisionings() {
  const reports = useRead("provisionings", { limit: 20 })
  const providers = useRead("providers", {})
  return (
    <Loaded query={reports} what="what was made lately" skeleton={<TableSkeleton rows={4} columns={3} />}>
      {(all) =>
        all.length === 0 ? (
          <p className="text-muted-foreground text-sm">Nothing was made or removed from here yet.</p>
        ) : (
          <ul className="-m-2 flex flex-col">
            {all.map((report) => (
              <li key={report.id}>
                <PlaceLink
                  to={{ page: "provisioning", id: report.id }}
                  className="grid grid-cols-[auto_1fr_auto] items-center gap-x-3 rounded-md px-2 py-1.5 text-sm hover:bg-accent focus-visible:outline-2 focus-visible:outline-ring sm:grid-cols-[auto_1fr_12rem_8rem]"
                >
                  <ProviderMark provider={report.provider} size={18} />
                  <span className="min-w-0 truncate">
                    {subjectOf(report)}
                    <span className="text-muted-foreground"> {kindTitle(report, providers.data)}</span>
                  </span>
                  <span>
                    <ReportBadge report={report} />
                  </span>
                  <span className="hidden text-right text-muted-foreground sm:block">
                    <Time at={report.createdAt} />
                  </span>
                </PlaceLink>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  )
}
