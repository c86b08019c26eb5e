import { CircleAlertIcon } from "lucide-react"
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert"
import type { SentProvisionReport } from "../../data/port.ts"
import { isUnfinished } from "./report-words.ts"

/** What went wrong last, whether that was the end, and what is left behind. */
export function ProvisioningError({ report }: { report: SentProvisionReport }) {
  if (!report.error) return null
  const isEnd = !isUnfinished(report)
  const left = report.steps.filter(({ outcome }) => outcome === "left").map(({ name }) => name)
  return (
    <Alert role="note" variant={isEnd ? "destructive" : "default"}>
      <CircleAlertIcon aria-hidden />
      <AlertTitle className="wrap-anywhere">{report.error.message}</AlertTitle>
      <AlertDescription>
        {isEnd ? (
          left.length > 0 ? (
            <p>Still at the provider: {left.join(", ")}. Remove it from here, or there.</p>
          ) : (
            <p>It has ended. What was made on the way was removed, unless a step below says otherwise.</p>
          )
        ) : (
          <p>It is not the end: it can go on.</p>
        )}
      </AlertDescription>
    </Alert>
  )
}
