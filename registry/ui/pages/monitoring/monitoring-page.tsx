import { HeartPulseIcon } from "lucide-react"
import { Button } from "@/components/ui/button"
import { useMay, useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import { language } from "../../format/locale.ts"
import { Page } from "../../page/page.tsx"
import { EmptyState } from "../../states/empty.tsx"
import { NoPermission } from "../../states/error.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { TableSkeleton } from "../../states/skeletons.tsx"
import { bringing } from "./bringing.ts"
import { Issues } from "./issues.tsx"
import { Monitors } from "./monitors.tsx"

const tables = ["monitors", "issues"] as const

/** What is watched, and what went wrong in it. */
export function MonitoringPage() {
  const maySee = useMay("monitoring")
  const counts = useRead("counts", {}, { enabled: maySee !== false })
  return (
    <Page title="Monitoring" description="Monitors and issues of every connected account.">
      {maySee === false ? (
        <NoPermission what="monitors and issues" />
      ) : (
        <Loaded
          query={counts}
          what="monitors and issues"
          skeleton={
            <div className="rounded-lg border px-4">
              <TableSkeleton />
            </div>
          }
        >
          {(all) => {
            const [monitors, issues] = tables.map((name) => all.find(({ table }) => table === name))
            if (!monitors?.total && !issues?.total) return <Nothing />
            return (
              <>
                <Issues counts={issues} />
                <Monitors counts={monitors} />
              </>
            )
          }}
        </Loaded>
      )}
    </Page>
  )
}

/** Why there is nothing, as far as it can be told, and what would bring something. */
function Nothing() {
  const providers = useRead("providers", {})
  const docks = useRead("docks", {}).data ?? []
  const mayConnect = useMay("docks", "full")
  const able = bringing(providers.data ?? [], tables)
  const connected = able.filter(({ provider }) =>
    docks.some((dock) => dock.provider === provider && dock.status !== "disconnected"),
  )
  const names = new Intl.ListFormat(language, { type: "conjunction" }).format(able.map(({ title }) => title))

  return (
    <div className="rounded-lg border">
      <EmptyState
        icon={HeartPulseIcon}
        title="No monitors and no issues"
        description={
          connected.length > 0
            ? `${connected.map(({ title }) => title).join(", ")} can have them, and has told of none. They come with the next sync.`
            : able.length > 0
              ? `They come from ${names}. Connect an account there, and they are listed here.`
              : providers.data
                ? "None of the docks in this project brings them. Once one is added that does, they are listed here."
                : // Not every role may know which docks there are.
                  "None of the accounts that are connected has any."
        }
        action={
          connected.length === 0 && able.length > 0 && mayConnect ? (
            <Button asChild size="sm">
              <PlaceLink
                to={
                  able.length === 1 && able[0]
                    ? { page: "connect", provider: able[0].provider }
                    : { page: "connect" }
                }
              >
                Connect an account
              </PlaceLink>
            </Button>
          ) : undefined
        }
      />
    </div>
  )
}
