import { AuditTarget } from "../../badges/audit-target.tsx"
import { ToneIcon } from "../../badges/tone-badge.tsx"
import { useMay, useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { actionWords, actorWords } from "../../format/audit-words.ts"
import { Time } from "../../format/time.tsx"
import { Section } from "../../page/page.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TextSkeleton } from "../../states/skeletons.tsx"

const LISTED = 6
const tones = { succeeded: "good", failed: "bad", denied: "warning" } as const

/** What people did last. Who may not see it finds nothing about it here. */
export function RecentAudit() {
  const maySee = useMay("settings")
  const audit = useRead("audit", { limit: LISTED }, { enabled: maySee === true })
  const members = useRead("members", {}, { enabled: maySee === true }).data
  if (maySee !== true) return null
  return (
    <Section
      title="Recent activity"
      actions={
        <PlaceLink
          to={{ page: "activity" }}
          className="rounded-sm text-muted-foreground text-xs hover:underline"
        >
          All activity
        </PlaceLink>
      }
    >
      <Loaded query={audit} what="the activity" skeleton={<TextSkeleton lines={4} />}>
        {({ entries }) =>
          entries.length > 0 ? (
            <ul className="-my-4 divide-y">
              {entries.map((entry) => (
                <li key={entry.id} className="py-2.5 text-sm">
                  <div className="flex items-center gap-2">
                    <ToneIcon tone={tones[entry.result]} />
                    <span className="sr-only">{entry.result}:</span>
                    <span className="min-w-0 flex-1 truncate font-medium">{actionWords(entry.action)}</span>
                    <Time at={entry.at} className="text-muted-foreground text-xs" />
                  </div>
                  <div className="mt-0.5 flex flex-wrap gap-x-2 pl-5.5 text-muted-foreground text-xs">
                    <span>{actorWords(entry.actor, members)}</span>
                    <span aria-hidden>·</span>
                    <AuditTarget entry={entry} />
                  </div>
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-muted-foreground text-sm">Nothing was done yet.</p>
          )
        }
      </Loaded>
    </Section>
  )
}
