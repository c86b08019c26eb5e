import { UserRound, Wrench } from "lucide-react"
import type { ReactNode } from "react"
import type { ResourceChange, ResourceHistory } from "../../../engine/reading.ts"
import { ChangeKind } from "../../badges/change-kind.tsx"
import { ResultBadge, StateBadge } from "../../badges/status-badge.tsx"
import { useMay, useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { actionWords, actorWords } from "../../format/audit-words.ts"
import { Time } from "../../format/time.tsx"
import { columnTitle } from "../../format/words.ts"
import { Section } from "../../page/page.tsx"
import { FieldValue } from "./field-value.tsx"
import { type Event, timeline } from "./timeline.ts"

/** All that is known to have happened to a row. */
export function HistorySection({ history }: { history: ResourceHistory }) {
  const events = timeline(history)
  return (
    <Section title="History">
      {events.length === 0 ? (
        <p className="text-sm text-muted-foreground">
          Nothing yet. What a sync finds different, and what somebody does to it, is told here.
        </p>
      ) : (
        <ol className="grid gap-4">
          {events.map((event) => (
            <li key={`${event.of} ${event.id}`}>
              <EventLine event={event} />
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}

function EventLine({ event }: { event: Event }) {
  switch (event.of) {
    case "change":
      return (
        <Line
          icon={<ChangeKind kind={event.change.kind} className="mt-0.5 size-4" />}
          at={event.at}
          title={changeWords[event.change.kind]}
        >
          <Fields change={event.change} />
        </Line>
      )
    case "audit":
      return (
        <Line
          icon={<UserRound aria-hidden className={iconLook} />}
          at={event.at}
          title={
            <>
              {actionWords(event.entry.action)}
              <span className="font-normal text-muted-foreground">
                {" · "}
                <Actor actor={event.entry.actor} />
              </span>
            </>
          }
        >
          {event.entry.result !== "succeeded" && <ResultBadge result={event.entry.result} />}
        </Line>
      )
    case "provisioning":
      return (
        <Line
          icon={<Wrench aria-hidden className={iconLook} />}
          at={event.at}
          title={
            <PlaceLink to={{ page: "provisioning", id: event.id }} className="underline underline-offset-4">
              {event.report.operation === "provision" ? "Made" : "Removed"} with StackDock
            </PlaceLink>
          }
        >
          <StateBadge state={event.report.state} />
          {event.report.error && <p>{event.report.error.message}</p>}
        </Line>
      )
  }
}

function Actor({ actor }: { actor: string }) {
  const maySee = useMay("settings")
  const members = useRead("members", {}, { enabled: maySee === true }).data
  return actorWords(actor, members)
}

const iconLook = "mt-0.5 size-4 text-muted-foreground"

const changeWords: Record<ResourceChange["kind"], string> = {
  added: "Found at the provider",
  changed: "Changed at the provider",
  removed: "Gone at the provider",
  returned: "There again at the provider",
}
function Fields({ change }: { change: ResourceChange }) {
  return change.fields.map(({ column, before, after }) => (
    <p key={column} className="wrap-anywhere">
      {columnTitle(column)}: <FieldValue column={column} value={before} />
      <span aria-hidden> → </span>
      <span className="sr-only"> became </span>
      <span className="text-foreground">
        <FieldValue column={column} value={after} />
      </span>
    </p>
  ))
}

interface LineProps {
  icon: ReactNode
  at: string
  title: ReactNode
  children?: ReactNode
}

function Line({ icon, at, title, children }: LineProps) {
  return (
    <div className="grid grid-cols-[1.25rem_1fr] gap-x-2 text-sm">
      {icon}
      <div className="min-w-0">
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="font-medium">{title}</span>
          <Time at={at} className="text-xs text-muted-foreground" />
        </div>
        <div className="grid gap-0.5 text-xs text-muted-foreground">{children}</div>
      </div>
    </div>
  )
}
