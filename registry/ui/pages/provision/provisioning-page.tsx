import { useEffect, useEffectEvent, useState } from "react"
import { useProgress, useRead } from "../../data/hooks.tsx"
import type { SentProvisionReport } from "../../data/port.ts"
import { actorWords } from "../../format/audit-words.ts"
import { Time } from "../../format/time.tsx"
import { useShowOnce } from "../../operations/shown-secrets.tsx"
import { Page, Section } from "../../page/page.tsx"
import { Loaded } from "../../states/loaded.tsx"
import { FormSkeleton } from "../../states/skeletons.tsx"
import { AskedFor } from "./asked-for.tsx"
import { DecisionForm } from "./decision-form.tsx"
import { ProvisioningActions } from "./provisioning-actions.tsx"
import { ProvisioningError } from "./provisioning-error.tsx"
import { ProvisioningSteps } from "./provisioning-steps.tsx"
import { ReportBadge } from "./report-badge.tsx"
import { kindOf, kindTitle, subjectOf } from "./report-words.ts"

/** One thing being made or removed, as it goes. */
export function ProvisioningPage({ id }: { id: string }) {
  const report = useRead("provisioning", { id })
  const waitingFor = useWaiting(id)
  const showOnce = useShowOnce()
  const shows = report.data?.shows
  // Whoever has reloaded the page meanwhile is told here.
  const showTold = useEffectEvent(() => shows && showOnce(id, shows))
  useEffect(() => void (shows && showTold()), [shows])
  if (!report.data) {
    return (
      <Page title="Provisioning" back={back}>
        <Loaded query={report} what="this provisioning" skeleton={<FormSkeleton />}>
          {() => null}
        </Loaded>
      </Page>
    )
  }
  return (
    <Whole report={report.data} waitingFor={waitingFor}>
      {/* What is wrong with what is shown already stands above it. */}
      <Loaded query={report} what="this provisioning" skeleton={null}>
        {() => null}
      </Loaded>
    </Whole>
  )
}

const back = { to: { page: "provision" }, label: "Provision" } as const

interface WholeProps {
  report: SentProvisionReport
  waitingFor: string | null
  children: React.ReactNode
}

function Whole({ report, waitingFor, children }: WholeProps) {
  const providers = useRead("providers", {})
  const docks = useRead("docks", {})
  const provider = providers.data?.find((one) => one.provider === report.provider)
  const dock = docks.data?.find((one) => one.id === report.dockId)
  const title = kindTitle(report, providers.data)
  return (
    <Page
      title={subjectOf(report)}
      badge={<ReportBadge report={report} />}
      description={
        <>
          {title} at {provider?.title ?? report.provider}
          {dock && `, in ${dock.name}`}. Asked for <Time at={report.createdAt} /> by{" "}
          {actorWords(report.requestedBy)}.
        </>
      }
      back={back}
      actions={<ProvisioningActions report={report} provider={provider?.title ?? report.provider} />}
    >
      {children}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          {report.needsDecision ? (
            <DecisionForm report={report} provider={provider?.title ?? report.provider} />
          ) : (
            <ProvisioningError report={report} />
          )}
          <ProvisioningSteps report={report} waitingFor={waitingFor} />
        </div>
        {report.operation === "provision" && (
          <Section title="Asked for" description="Secrets are kept nowhere, and are not shown here.">
            <AskedFor input={report.input} fields={kindOf(report, providers.data)?.fields ?? []} />
          </Section>
        )}
      </div>
    </Page>
  )
}

/** What the provider last said of how far it is. */
function useWaiting(id: string): string | null {
  const [progress, setProgress] = useState<string | null>(null)
  useProgress(({ of, event }) => {
    if (of !== "provisioning" || event.id !== id) return
    setProgress(event.type === "waiting" ? event.progress : null)
  })
  return progress
}
