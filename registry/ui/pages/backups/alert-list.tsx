import { useState } from "react"
import { Button } from "@/components/ui/button"
import { ToneIcon } from "../../badges/tone-badge.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { formatCount } from "../../format/numbers.ts"
import { Time } from "../../format/time.tsx"
import type { BackupAlert, Concern } from "./backup-alerts.ts"
import { useAccount } from "./row-link.tsx"

/** What is wrong, or may be, above everything else. */
export function AlertList({ alerts, count }: { alerts: readonly BackupAlert[]; count: number }) {
  if (alerts.length === 0) {
    if (count === 0) return null
    return (
      <p className="flex items-center gap-2 text-sm">
        <ToneIcon tone="good" />
        No backup has failed, and none is missing.
      </p>
    )
  }
  return (
    <section aria-label="What needs a look" className="rounded-lg border bg-card">
      <ul className="divide-y">
        {alerts.map((alert) => (
          <Line key={alert.kind} alert={alert} />
        ))}
      </ul>
    </section>
  )
}

/** So many are named before somebody asks for the rest. */
const FEW = 4

function Line({ alert }: { alert: BackupAlert }) {
  const [isWhole, setWhole] = useState(false)
  const { concerns } = alert
  const shown = isWhole ? concerns : concerns.slice(0, FEW)
  return (
    <li className="flex gap-2.5 px-4 py-2.5 text-sm">
      <ToneIcon tone={alert.severity} className="mt-[3px]" />
      <div className="min-w-0">
        <p>{wordsOf(alert)}</p>
        <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-muted-foreground">
          {shown.map((concern) => (
            <li key={concern.row.id}>
              <PlaceLink
                to={{ page: "resource", id: concern.row.id }}
                className="rounded-sm text-foreground underline underline-offset-4 hover:decoration-2 focus-visible:outline-2 focus-visible:outline-ring"
              >
                {concern.name}
              </PlaceLink>
              <Account row={concern.row} />
              <When alert={alert} concern={concern} />
            </li>
          ))}
          {concerns.length > FEW && (
            <li>
              <Button variant="link" size="xs" className="px-0" onClick={() => setWhole(!isWhole)}>
                {isWhole ? "Show fewer" : `and ${formatCount(concerns.length - FEW)} more`}
              </Button>
            </li>
          )}
        </ul>
      </div>
    </li>
  )
}

function wordsOf({ kind, concerns: { length } }: BackupAlert): string {
  const one = length === 1
  const many = formatCount(length)
  switch (kind) {
    case "failing":
      return one ? "A schedule is in error" : `${many} schedules are in error`
    case "failed":
      return one
        ? "A backup failed, and none has succeeded since"
        : `${many} backups failed, and none has succeeded since`
    case "late":
      return one
        ? "A backup is missing: its schedule should have made one"
        : `${many} backups are missing: their schedules should have made one`
    case "overdue":
      return one ? "A run is overdue" : `${many} runs are overdue`
    case "no-storage":
      return one
        ? "A remote schedule has no storage to go to"
        : `${many} remote schedules have no storage to go to`
    case "bad-storage":
      return one
        ? "A schedule goes to a storage that is in error"
        : `${many} schedules go to a storage that is in error`
    case "unprotected":
      return one ? "A site has no backup schedule" : `${many} sites have no backup schedule`
  }
}

function Account({ row }: Pick<Concern, "row">) {
  const account = useAccount(row)
  return account && <span> in {account}</span>
}

function When({ alert, concern }: { alert: BackupAlert; concern: Concern }) {
  if (alert.kind === "unprotected" || alert.kind === "no-storage") return null
  if (!concern.at) return alert.kind === "late" ? <span>, never yet</span> : null
  const before = alert.kind === "overdue" ? ", due " : alert.kind === "failed" ? ", " : ", last one "
  return (
    <span>
      {before}
      <Time at={concern.at} />
    </span>
  )
}
