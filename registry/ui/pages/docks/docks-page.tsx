import { PlugIcon, PlusIcon } from "lucide-react"
import { Button } from "@/components/ui/button"
import type { DockStatus } from "../../../engine/reading.ts"
import { useMay, useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { useSyncProgress } from "../../operations/use-sync-progress.ts"
import { Page } from "../../page/page.tsx"
import { EmptyState } from "../../states/empty.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { CardsSkeleton } from "../../states/skeletons.tsx"
import { DockCard } from "./dock-card.tsx"

/** The connected accounts, and how each is doing. */
export function DocksPage() {
  const docks = useRead("docks", {})
  const progress = useSyncProgress()
  return (
    <Page
      title="Docks"
      description="The accounts whose rows are here, and how their syncs go."
      actions={<Connect />}
    >
      <Loaded query={docks} what="the docks" skeleton={<CardsSkeleton count={4} />}>
        {(list) =>
          list.length === 0 ? (
            <NoDocks />
          ) : (
            <ul className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2 2xl:grid-cols-3">
              {inOrder(list).map((dock) => (
                <li key={dock.id}>
                  <DockCard dock={dock} progress={progress.get(dock.id)} />
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  )
}

function Connect() {
  const mayConnect = useMay("docks", "full")
  if (!mayConnect) return null
  return (
    <Button asChild size="sm">
      <PlaceLink to={{ page: "connect" }}>
        <PlusIcon aria-hidden />
        Connect
      </PlaceLink>
    </Button>
  )
}

function NoDocks() {
  const canConnect = useMay("docks", "full")
  return (
    <EmptyState
      icon={PlugIcon}
      title="No account is connected yet"
      description={
        canConnect
          ? "Connect one with an API key: what it has comes here with the first sync, and nothing is changed there."
          : "Someone who may connect accounts has to connect the first one."
      }
      action={
        canConnect && (
          <Button asChild>
            <PlaceLink to={{ page: "connect" }}>Connect a provider</PlaceLink>
          </Button>
        )
      }
    />
  )
}

/** What needs somebody comes first, and what is disconnected last. */
function inOrder(docks: readonly DockStatus[]): DockStatus[] {
  const rank = ({ status, lastRun }: DockStatus) =>
    status === "disconnected" ? 2 : status === "error" || lastRun?.status === "stopped" ? 0 : 1
  return [...docks].sort(
    (a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title) || a.name.localeCompare(b.name),
  )
}
