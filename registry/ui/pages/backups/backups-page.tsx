import { ArchiveIcon } from "lucide-react"
import { Button } from "@/components/ui/button"
import { NativeSelect, NativeSelectOption } from "@/components/ui/native-select"
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs"
import { PlaceLink, useNavigation } from "../../data/navigation.tsx"
import { formatCount } from "../../format/numbers.ts"
import { Page } from "../../page/page.tsx"
import { EmptyState } from "../../states/empty.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TableSkeleton } from "../../states/skeletons.tsx"
import { AlertList } from "./alert-list.tsx"
import { backupAlerts } from "./backup-alerts.ts"
import { BackupsTab } from "./backups-tab.tsx"
import { IntegrationsTab } from "./integrations-tab.tsx"
import { SchedulesTab } from "./schedules-tab.tsx"
import { type Backups, docksWith, useBackups } from "./use-backups.ts"

const TABS = ["schedules", "integrations", "backups"] as const
type Tab = (typeof TABS)[number]

/** What is backed up when and where to, across accounts, and what is not as it should be. */
export function BackupsPage() {
  const { search } = useNavigation()
  const dock = search["dock"]
  const backups = useBackups(dock)
  return (
    <Page
      title="Backups"
      description="Schedules, the storage they go to, and what can be restored."
      actions={backups.data && <DockFilter backups={backups.data} dock={dock} />}
    >
      <Loaded query={backups} what="the backups" skeleton={<TableSkeleton rows={8} columns={6} />}>
        {(all) =>
          hasRows(all) || bringers(all).length > 0 ? <Content all={all} /> : <NoBringer all={all} />
        }
      </Loaded>
    </Page>
  )
}

function hasRows({ schedules, integrations, backups }: Backups): boolean {
  return schedules.length + integrations.length + backups.length > 0
}

/** Accounts that can have any of it. */
function bringers(all: Backups) {
  const of = new Set([...docksWith(all, "backupSchedules"), ...docksWith(all, "backups")])
  return all.docks.filter((dock) => of.has(dock))
}

function DockFilter({ backups, dock }: { backups: Backups; dock: string | undefined }) {
  const { setSearch } = useNavigation()
  const docks = bringers(backups)
  if (docks.length < 2 && dock === undefined) return null
  return (
    <NativeSelect
      size="sm"
      aria-label="Account"
      value={dock ?? ""}
      onChange={({ target }) => setSearch({ dock: target.value || undefined }, { replace: true })}
    >
      <NativeSelectOption value="">All accounts</NativeSelectOption>
      {docks.map(({ id, name }) => (
        <NativeSelectOption key={id} value={id}>
          {name}
        </NativeSelectOption>
      ))}
    </NativeSelect>
  )
}

function Content({ all }: { all: Backups }) {
  const { search, setSearch } = useNavigation()
  const tab: Tab = TABS.find((one) => one === search["tab"]) ?? "schedules"
  const alerts = backupAlerts({
    ...all,
    syncedAt: new Map(all.docks.map(({ id, lastSyncedAt }) => [id, lastSyncedAt])),
    listSchedules: idsOf(docksWith(all, "backupSchedules")),
    listBackups: idsOf(docksWith(all, "backups")),
  })
  return (
    <>
      {/* When the accounts were read is not told to everybody, and without it nobody knows that nothing is missing. */}
      <AlertList alerts={alerts} count={all.docks.length > 0 ? all.schedules.length : 0} />
      {all.isPart && (
        <p className="text-muted-foreground text-sm">
          There is more than is looked at together here. Choose one account to see all of it.
        </p>
      )}
      <Tabs value={tab} onValueChange={(next) => setSearch({ tab: next }, { replace: true })}>
        <TabsList variant="line">
          <TabsTrigger value="schedules">Schedules {formatCount(all.schedules.length)}</TabsTrigger>
          <TabsTrigger value="integrations">Integrations {formatCount(all.integrations.length)}</TabsTrigger>
          <TabsTrigger value="backups">Backups {formatCount(all.backups.length)}</TabsTrigger>
        </TabsList>
        <TabsContent value="schedules">
          <SchedulesTab all={all} />
        </TabsContent>
        <TabsContent value="integrations">
          <IntegrationsTab all={all} />
        </TabsContent>
        <TabsContent value="backups">
          <BackupsTab all={all} />
        </TabsContent>
      </Tabs>
    </>
  )
}

function idsOf(docks: readonly { id: string }[]): Set<string> {
  return new Set(docks.map(({ id }) => id))
}

function NoBringer({ all }: { all: Backups }) {
  const able = all.providers.filter(
    ({ tables }) => tables.includes("backupSchedules") || tables.includes("backups"),
  )
  return (
    <EmptyState
      icon={ArchiveIcon}
      title="No connected account has backups to show"
      description={
        able.length > 0
          ? `They come from ${able.map(({ title }) => title).join(", ")}.`
          : all.providers.length > 0
            ? "None of the project's docks brings backups."
            : "They come with a sync, where a provider has them."
      }
      action={
        able.length > 0 && (
          <Button asChild>
            <PlaceLink to={{ page: "connect" }}>Connect a provider</PlaceLink>
          </Button>
        )
      }
    />
  )
}
