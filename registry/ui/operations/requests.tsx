import { useEffect, useRef, useState } from "react"
import { Badge } from "@/components/ui/badge"
import { Button } from "@/components/ui/button"
import type { RehearsedStep } from "../../engine/provision-report.ts"
import { CopyButton } from "../feedback/copy-button.tsx"

type Request = NonNullable<RehearsedStep["request"]>

/** What would be sent, request by request, to the letter. Its secrets are hidden already. */
export function Requests({ steps }: { steps: readonly RehearsedStep[] }) {
  const top = useRef<HTMLElement>(null)
  // Whoever asked to see it may have the form before their eyes, and not what is below it.
  useEffect(() => void top.current?.scrollIntoView({ block: "nearest" }), [])
  return (
    <section ref={top} aria-label="What would be sent" className="flex scroll-my-4 flex-col gap-2">
      <p role="status" className="sr-only">
        {steps.length === 1 ? "1 request is shown." : `${steps.length} requests are shown.`}
      </p>
      <h3 className="text-sm font-medium">What would be sent</h3>
      {steps.length === 0 && (
        <p className="text-sm text-muted-foreground">Nothing: there is nothing to do.</p>
      )}
      <ol className="flex flex-col gap-2">
        {steps.map(({ step, request, note }) => (
          <li key={step} className="min-w-0 rounded-md border bg-muted/40">
            <div className="flex items-center gap-2 border-b px-3 py-1.5 text-xs text-muted-foreground">
              <span className="min-w-0 truncate">{step}</span>
              {request && (
                <span className="ml-auto">
                  <CopyButton value={asText(request)} label={`Copy the request: ${step}`} />
                </span>
              )}
            </div>
            {request && <Shown request={request} />}
            {note && <p className="px-3 py-2 text-xs text-muted-foreground">{note}</p>}
          </li>
        ))}
      </ol>
      <p className="text-xs text-muted-foreground">
        Nothing has been sent. Secrets are hidden here, and sent as they are.
      </p>
    </section>
  )
}

function Shown({ request }: { request: Request }) {
  return (
    <div className="flex flex-col gap-2 px-3 py-2 font-mono text-xs">
      <p className="wrap-anywhere">
        <Badge variant="outline" className="mr-2 font-mono">
          {request.method}
        </Badge>
        {request.url}
      </p>
      {request.body !== undefined && <Body text={bodyText(request.body)} />}
      <details>
        <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground focus-visible:ring-[3px] focus-visible:ring-ring/50 focus-visible:outline-none">
          Headers
        </summary>
        <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-3">
          {Object.entries(request.headers).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted-foreground">{name}</dt>
              <dd className="wrap-anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  )
}

/** Files make a body long, and nobody reads all of it. */
const LINES = 40

function Body({ text }: { text: string }) {
  const [isWhole, setWhole] = useState(false)
  const lines = text.split("\n")
  const isLong = lines.length > LINES
  return (
    <>
      <pre className="whitespace-pre-wrap wrap-anywhere">
        {isLong && !isWhole ? lines.slice(0, LINES).join("\n") : text}
      </pre>
      {isLong && (
        <Button
          type="button"
          variant="link"
          size="xs"
          className="self-start"
          onClick={() => setWhole(!isWhole)}
        >
          {isWhole ? "Show less" : `Show all ${lines.length} lines`}
        </Button>
      )}
    </>
  )
}

function bodyText(body: Request["body"]): string {
  return typeof body === "string" ? body : JSON.stringify(body, null, 2)
}

function asText({ method, url, headers, body }: Request): string {
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${url}`, ...head, ...(body === undefined ? [] : ["", bodyText(body)])].join("\n")
}
