import { CircleAlertIcon } from "lucide-react"
import type { Ref } from "react"
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert"
import type { Control } from "./controls.ts"
import type { Failure } from "./failure.ts"

interface ErrorSummaryProps {
  failure: Failure
  controls: readonly Control[]
  /** Of a control, by its name. */
  idOf(name: string): string
  ref: Ref<HTMLDivElement>
}

/** Takes the focus when a form could not be sent, and leads to each field that is wrong. */
export function ErrorSummary({ failure, controls, idOf, ref }: ErrorSummaryProps) {
  const wrong = controls.filter(({ name }) => failure.fields[name] !== undefined)
  return (
    <Alert ref={ref} role="group" variant="destructive" tabIndex={-1}>
      <CircleAlertIcon aria-hidden />
      <AlertTitle className="line-clamp-none">{failure.message}</AlertTitle>
      {(failure.suggestion || wrong.length > 0) && (
        <AlertDescription>
          {failure.suggestion && <p>{failure.suggestion}</p>}
          {wrong.length > 0 && (
            <ul className="list-inside list-disc">
              {wrong.map(({ name, label }) => (
                <li key={name}>
                  <a
                    href={`#${idOf(name)}`}
                    className="underline underline-offset-2"
                    onClick={(event) => {
                      event.preventDefault()
                      document.getElementById(idOf(name))?.focus()
                    }}
                  >
                    {label}
                  </a>
                  : {failure.fields[name]}
                </li>
              ))}
            </ul>
          )}
        </AlertDescription>
      )}
    </Alert>
  )
}
