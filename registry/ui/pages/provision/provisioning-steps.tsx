import { Spinner } from "@/components/ui/spinner"
import { ToneIcon } from "../../badges/tone-badge.tsx"
import type { SentProvisionReport } from "../../data/port.ts"
import { Section } from "../../page/page.tsx"
import { isUnfinished, stepWords } from "./report-words.ts"

interface ProvisioningStepsProps {
  report: SentProvisionReport
  /** What the provider says while it is waited for. */
  waitingFor: string | null
}

/** Each request that makes something, with how it went, and what is waited for. */
export function ProvisioningSteps({ report, waitingFor }: ProvisioningStepsProps) {
  // With an error it rests until somebody, or the next run, goes on with it.
  const isUnderWay = isUnfinished(report) && !report.needsDecision && !report.error
  const isRemoval = report.operation === "deprovision"
  return (
    <Section title="Steps">
      <ol className="flex flex-col gap-3 text-sm">
        {report.steps.map(({ name, outcome, id, error }) => {
          const { tone, word } = stepWords(outcome, !isUnderWay)
          return (
            <li key={name} className="flex gap-2.5">
              {tone === "busy" ? (
                <Spinner aria-hidden className="mt-0.5 size-3.5 shrink-0 text-busy" />
              ) : (
                <ToneIcon tone={tone} className="mt-0.5" />
              )}
              <div className="min-w-0">
                <p>
                  <span className="font-medium">{name}</span>
                  <span className="text-muted-foreground">: {word.toLowerCase()}</span>
                </p>
                {id && <p className="font-mono text-muted-foreground text-xs wrap-anywhere">{id}</p>}
                {error && <p className="text-destructive wrap-anywhere">{error}</p>}
              </div>
            </li>
          )
        })}
        {isUnderWay && (
          <li className="flex gap-2.5">
            <Spinner aria-hidden className="mt-0.5 size-3.5 shrink-0 text-busy" />
            <p className="text-muted-foreground">
              {waitingFor ?? (isRemoval ? "Waiting until it is gone" : "Waiting until it is ready")}
            </p>
          </li>
        )}
        {!isUnderWay && report.steps.length === 0 && (
          <li className="text-muted-foreground">
            {isRemoval ? removalWords(report) : "The provider was not asked to make anything yet."}
          </li>
        )}
      </ol>
      <p role="status" className="sr-only">
        {isUnderWay ? (waitingFor ?? "Under way") : ""}
      </p>
    </Section>
  )
}

function removalWords({ state }: SentProvisionReport): string {
  if (state === "deprovisioned") return "The provider has removed it."
  return state === "failed" ? "It was not removed." : "Nobody knows yet whether it is gone."
}
