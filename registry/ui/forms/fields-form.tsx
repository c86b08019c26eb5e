import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { FieldGroup } from "@/components/ui/field"
import { Spinner } from "@/components/ui/spinner"
import { type Control, controlsFor, controlsOf, type FormField } from "./controls.ts"
import { ErrorSummary } from "./error-summary.tsx"
import { type Failure, failureOf, invalid, mended } from "./failure.ts"
import { FieldControl } from "./field-control.tsx"
import { OptionalFields } from "./optional-fields.tsx"
import type { Within } from "./reference-input.tsx"
import { type Draft, draftOf, type InputValues, readDraft } from "./values.ts"

interface FieldsFormProps {
  fields: readonly FormField[]
  submitLabel: string
  /** When it fails, the form says so and keeps what was typed; a `DataError` may name fields. */
  onSubmit(values: InputValues): Promise<void>
  /** Something else that can be done with the same values: look at what would be sent. */
  secondary?: { label: string; onSubmit(values: InputValues): Promise<void> } | undefined
  /** What is known already, nested as the values will be. Never a secret. */
  initial?: Readonly<Record<string, unknown>> | undefined
  isDestructive?: boolean | undefined
  onCancel?: (() => void) | undefined
  /** Something was typed: what was shown about the values before is out of date. */
  onEdit?: (() => void) | undefined
  /** Where the rows are that fields may refer to: they are offered. */
  within?: Within | undefined
  /** Between the fields and the buttons. */
  children?: ReactNode
}

/** A form for whatever a provider asks: it knows fields, and no provider. */
export function FieldsForm(props: FieldsFormProps) {
  const { fields, initial, onSubmit, secondary, onEdit } = props
  const all = controlsOf(fields)
  const [draft, setDraft] = useState<Draft>(() => draftOf(all, initial))
  const controls = controlsFor(all, draft)
  const [failure, setFailure] = useState<Failure>()
  const [failures, setFailures] = useState(0)
  const [running, setRunning] = useState<"submit" | "secondary">()
  const summary = useRef<HTMLDivElement>(null)
  const prefix = useId()
  const idOf = (name: string) => `${prefix}-${name.replaceAll(".", "-")}`

  // Each time anew, and not when a mended field has left the list.
  useEffect(() => {
    if (failures > 0) summary.current?.focus()
  }, [failures])

  function fail(failure: Failure) {
    setFailure(failure)
    setFailures((count) => count + 1)
  }

  async function send(which: "submit" | "secondary", to: FieldsFormProps["onSubmit"]) {
    if (running) return
    const { values, errors } = readDraft(controls, draft)
    if (Object.keys(errors).length > 0) return fail(invalid(errors))
    setFailure(undefined)
    setRunning(which)
    try {
      await to(values)
    } catch (error) {
      fail(failureOf(error, controls))
    } finally {
      setRunning(undefined)
    }
  }

  const controlFor = (control: Control) => (
    <FieldControl
      key={control.name}
      control={control}
      id={idOf(control.name)}
      text={draft[control.name] ?? ""}
      error={failure?.fields[control.name]}
      isDisabled={running !== undefined}
      within={props.within}
      onText={(text) => {
        setDraft((now) => ({ ...now, [control.name]: text }))
        setFailure((now) => now && mended(now, control.name))
        onEdit?.()
      }}
    />
  )
  return (
    // The browser's own bubbles come one at a time, and not everywhere into view.
    <form
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void send("submit", onSubmit)
      }}
    >
      {failure && <ErrorSummary ref={summary} failure={failure} controls={controls} idOf={idOf} />}
      {controls.length > 0 && (
        <FieldGroup className="gap-5">
          <OptionalFields controls={controls} failure={failure} draft={draft} render={controlFor} />
        </FieldGroup>
      )}
      {props.children}
      <Buttons
        {...props}
        running={running}
        onSecondary={() => secondary && send("secondary", secondary.onSubmit)}
      />
    </form>
  )
}

interface ButtonsProps extends FieldsFormProps {
  running: "submit" | "secondary" | undefined
  onSecondary(): void
}

function Buttons({ submitLabel, secondary, isDestructive, onCancel, running, onSecondary }: ButtonsProps) {
  const isRunning = running !== undefined
  return (
    <div className="flex flex-col-reverse gap-2 sm:flex-row sm:flex-wrap sm:justify-end">
      {onCancel && (
        <Button type="button" variant="ghost" onClick={onCancel} disabled={isRunning}>
          Cancel
        </Button>
      )}
      {secondary && (
        <Button type="button" variant="outline" onClick={onSecondary} disabled={isRunning}>
          {running === "secondary" && <Spinner aria-hidden />}
          {secondary.label}
        </Button>
      )}
      <Button type="submit" variant={isDestructive ? "destructive" : "default"} disabled={isRunning}>
        {running === "submit" && <Spinner aria-hidden />}
        {submitLabel}
      </Button>
    </div>
  )
}
