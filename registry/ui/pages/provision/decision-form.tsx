import { TriangleAlertIcon } from "lucide-react"
import { useId, useState } from "react"
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert"
import { Label } from "@/components/ui/label"
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group"
import type { Decision } from "../../../engine/provision-report.ts"
import { useMay } from "../../data/hooks.tsx"
import type { SentProvisionReport } from "../../data/port.ts"
import { FieldsForm } from "../../forms/fields-form.tsx"
import { textField } from "../../forms/text-field.ts"
import { useResume } from "./use-resume.ts"

interface DecisionFormProps {
  report: SentProvisionReport
  provider: string
}

/** Nobody but a person can tell whether a step was made, because the provider offers no way to find out. */
export function DecisionForm({ report, provider }: DecisionFormProps) {
  const mayDecide = useMay("provisioning", "full")
  return (
    <Alert role="note">
      <TriangleAlertIcon aria-hidden className="text-warning" />
      <AlertTitle>It waits for your decision</AlertTitle>
      <AlertDescription className="w-full justify-items-stretch">
        <p className="wrap-anywhere">{report.error?.message}</p>
        <p>Look at {provider} whether it is there, then say so here. Until then nothing more is sent.</p>
        {mayDecide ? (
          <Choices report={report} provider={provider} />
        ) : (
          <p>Someone who may provision has to decide.</p>
        )}
      </AlertDescription>
    </Alert>
  )
}

type Choice = Decision["kind"]

function Choices({ report, provider }: DecisionFormProps) {
  const [choice, setChoice] = useState<Choice>("adopt")
  const { resume } = useResume(report)
  const step = report.steps.find(({ outcome }) => outcome === "started")?.name ?? "it"
  const isRemoval = report.operation === "deprovision"
  const options: readonly { value: Choice; title: string; description: string }[] = [
    {
      value: "adopt",
      title: "It is there",
      description: `It goes on with what was made: tell its id at ${provider}.`,
    },
    { value: "retry", title: "It is not there", description: `${step} is made once more, and it goes on.` },
    {
      value: "abandon",
      title: "Give up",
      description: isRemoval
        ? "It is left as it is."
        : "What is known to have been made is removed; what may be there besides is yours to remove.",
    },
  ]
  return (
    <div className="mt-2 flex flex-col gap-4 text-foreground">
      <RadioGroup
        aria-label="Your decision"
        value={choice}
        onValueChange={(value) => {
          const found = options.find((option) => option.value === value)
          if (found) setChoice(found.value)
        }}
      >
        {options.map((option) => (
          <Option key={option.value} {...option} />
        ))}
      </RadioGroup>
      <FieldsForm
        // What was typed for one decision is nothing for another.
        key={choice}
        fields={choice === "adopt" ? [textField("id", `Its id at ${provider}`)] : []}
        submitLabel={choice === "abandon" ? "Give up" : "Go on"}
        isDestructive={choice === "abandon"}
        onSubmit={async ({ id }) => {
          await resume(choice === "adopt" ? { kind: choice, id: String(id) } : { kind: choice })
        }}
      />
    </div>
  )
}

function Option({ value, title, description }: { value: string; title: string; description: string }) {
  const id = useId()
  return (
    <div className="flex items-start gap-3">
      <RadioGroupItem value={value} id={id} aria-describedby={`${id}-description`} className="mt-0.5" />
      <div className="flex flex-col gap-0.5">
        <Label htmlFor={id}>{title}</Label>
        <p id={`${id}-description`} className="text-muted-foreground text-sm">
          {description}
        </p>
      </div>
    </div>
  )
}
