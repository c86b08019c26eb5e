import { useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { useMay, useRead } from "../../data/hooks.tsx"
import { PlaceLink } from "../../data/navigation.tsx"
import type { SentProvisionReport } from "../../data/port.ts"
import { useConfirm } from "../../feedback/confirm.tsx"
import { told } from "../../feedback/toast.ts"
import { RemovalDialog } from "../../operations/removal-dialog.tsx"
import { isUnfinished, subjectOf } from "./report-words.ts"
import { useResume } from "./use-resume.ts"

interface ProvisioningActionsProps {
  report: SentProvisionReport
  /** As people call it. */
  provider: string
}

/** What can be done about it now: go on, roll back, try again, or go to what was made. */
export function ProvisioningActions({ report, provider }: ProvisioningActionsProps) {
  const mayMake = useMay("provisioning", "full") === true
  const { state, resourceId } = report
  const isRemoval = report.operation === "deprovision"
  const isLeft = report.steps.some(({ outcome }) => outcome === "left")
  return (
    <>
      {mayMake && isUnfinished(report) && !report.needsDecision && <GoOn report={report} />}
      {mayMake && ((isUnfinished(report) && !report.needsDecision) || isLeft) && (
        <RollBack report={report} provider={provider} />
      )}
      {mayMake && !isRemoval && state === "failed" && (
        <Button asChild size="sm">
          <PlaceLink to={{ page: "provision", kind: report.kind, dock: report.dockId, from: report.id }}>
            Try again
          </PlaceLink>
        </Button>
      )}
      {resourceId && !isRemoval && (
        <Button asChild size="sm" variant={state === "provisioned" ? "default" : "outline"}>
          <PlaceLink to={{ page: "resource", id: resourceId }}>Open it</PlaceLink>
        </Button>
      )}
      {resourceId && state === "provisioned" && <Remove id={resourceId} provider={provider} />}
    </>
  )
}

/** Where the dock can remove it, and whoever is here may. */
function Remove({ id, provider }: { id: string; provider: string }) {
  const [isAsked, setAsked] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { data } = useRead("resource", { id })
  if (!data?.removableAs) return null
  return (
    <>
      <Button ref={button} size="sm" variant="outline" onClick={() => setAsked(true)}>
        Remove…
      </Button>
      {isAsked && (
        <RemovalDialog row={data.row} provider={provider} opener={button} onClose={() => setAsked(false)} />
      )}
    </>
  )
}

function GoOn({ report }: { report: SentProvisionReport }) {
  const { resume, isRunning } = useResume(report)
  async function goOn() {
    try {
      await resume()
    } catch (error) {
      told.failed(error, `Could not go on with ${subjectOf(report)}`)
    }
  }
  return (
    <Button size="sm" variant="outline" disabled={isRunning} onClick={() => void goOn()}>
      {isRunning && <Spinner aria-hidden />}
      {report.error ? "Go on" : "Look again"}
    </Button>
  )
}

function RollBack({ report, provider }: ProvisioningActionsProps) {
  const confirm = useConfirm()
  const { resume, isRunning } = useResume(report)
  const isRemoval = report.operation === "deprovision"
  const subject = subjectOf(report)

  async function rollBack() {
    const isSure = await confirm(
      isRemoval
        ? {
            title: `Give up removing ${subject}?`,
            description: `${provider} may remove it all the same: it was asked already.`,
            confirmLabel: "Give up",
          }
        : {
            title: `Roll ${subject} back?`,
            description: `What was made of it so far is removed at ${provider}.`,
            confirmLabel: "Roll back",
            isDestructive: true,
          },
    )
    if (!isSure) return
    try {
      await resume({ kind: "abandon" })
    } catch (error) {
      told.failed(error, `Could not ${isRemoval ? "give up removing" : "roll back"} ${subject}`)
    }
  }
  return (
    <Button size="sm" variant="outline" disabled={isRunning} onClick={() => void rollBack()}>
      {isRunning && <Spinner aria-hidden />}
      {isRemoval ? "Give up" : "Roll back"}
    </Button>
  )
}
