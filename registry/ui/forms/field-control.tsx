import { Checkbox } from "@/components/ui/checkbox"
import { Field, FieldDescription, FieldError, FieldLabel, FieldLegend, FieldSet } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { NativeSelect, NativeSelectOption } from "@/components/ui/native-select"
import { Textarea } from "@/components/ui/textarea"
import type { Choice, Control } from "./controls.ts"
import { ReferenceInput, type Within } from "./reference-input.tsx"
import { SecretInput } from "./secret-input.tsx"
import { rangeWords } from "./values.ts"

interface FieldControlProps {
  control: Control
  /** Of the element that takes the focus. */
  id: string
  text: string
  error: string | undefined
  isDisabled: boolean
  within: Within | undefined
  onText(text: string): void
}

/** One field with its label, its help and what is wrong with it. */
export function FieldControl({ error, ...props }: FieldControlProps) {
  const { control, id } = props
  const help = helpOf(control)
  const told = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ")
  const below = (
    <>
      {help && (
        <FieldDescription id={`${id}-help`}>
          <WithCode text={help} />
        </FieldDescription>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </>
  )
  if (control.kind === "several") {
    return (
      <FieldSet data-invalid={error !== undefined} aria-describedby={told || undefined}>
        <FieldLegend variant="label">
          <LabelText {...control} />
        </FieldLegend>
        <Several {...props} />
        {below}
      </FieldSet>
    )
  }
  return (
    <Field data-invalid={error !== undefined}>
      <FieldLabel htmlFor={id}>
        <LabelText {...control} />
      </FieldLabel>
      <Entry
        {...props}
        attributes={{
          id,
          name: control.name,
          required: control.isRequired,
          disabled: props.isDisabled,
          "aria-invalid": error !== undefined,
          "aria-describedby": told || undefined,
        }}
      />
      {below}
    </Field>
  )
}

function LabelText({ label, isRequired }: Control) {
  return (
    <span>
      {label}
      {isRequired && (
        <span className="text-destructive" title="Needed" aria-hidden>
          {" *"}
        </span>
      )}
    </span>
  )
}

interface EntryProps extends Omit<FieldControlProps, "error"> {
  attributes: {
    id: string
    name: string
    required: boolean
    disabled: boolean
    "aria-invalid": boolean
    "aria-describedby": string | undefined
  }
}

function Entry({ control, text, onText, within, attributes }: EntryProps) {
  const all = {
    ...attributes,
    value: text,
    onChange: ({ target }: { target: { value: string } }) => onText(target.value),
  }
  switch (control.kind) {
    case "secret":
      return <SecretInput {...all} />
    case "yes-no":
      return <Choose {...all} control={control} choices={["true", "false"]} />
    case "choice":
      return <Choose {...all} control={control} choices={control.choices} />
    case "list":
      return <Textarea {...all} rows={3} spellCheck={false} />
    case "multiline":
    case "pairs":
    case "json":
      return <Textarea {...all} rows={5} spellCheck={false} className="font-mono text-xs" />
    case "number":
      return <Input {...all} {...untouched} inputMode={control.limits.isWhole ? "numeric" : "decimal"} />
    default:
      return control.refersTo && within ? (
        <ReferenceInput {...all} {...untouched} refersTo={control.refersTo} within={within} />
      ) : (
        <Input {...all} {...untouched} />
      )
  }
}

/** Ids and names are typed as they are: nothing completes or corrects them. */
const untouched = { autoComplete: "off", autoCapitalize: "none", spellCheck: false } as const

interface ChooseProps extends React.ComponentProps<typeof NativeSelect> {
  control: Control
  choices: readonly Choice[]
}

/** With an empty choice first: what is not chosen is not guessed, and what is optional can be left to the provider. */
function Choose({ control, choices, ...props }: ChooseProps) {
  return (
    <NativeSelect {...props}>
      <NativeSelectOption value="">{control.isRequired ? "Choose…" : "Not set"}</NativeSelectOption>
      {choices.map((choice) => (
        <NativeSelectOption key={choice} value={String(choice)}>
          {control.kind === "yes-no" ? (choice === "true" ? "Yes" : "No") : choice}
        </NativeSelectOption>
      ))}
    </NativeSelect>
  )
}

function Several({ control, id, text, isDisabled, onText }: Omit<FieldControlProps, "error">) {
  const chosen = new Set(text.split("\n").filter(Boolean))
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-2">
      {control.choices.map(String).map((choice, index) => (
        <div key={choice} className="flex items-center gap-2">
          <Checkbox
            // The first is where a message about the whole group leads.
            id={index === 0 ? id : `${id}-${choice}`}
            checked={chosen.has(choice)}
            disabled={isDisabled}
            onCheckedChange={(checked) => {
              const next = control.choices
                .map(String)
                .filter((one) => (one === choice ? checked === true : chosen.has(one)))
              onText(next.join("\n"))
            }}
          />
          <FieldLabel htmlFor={index === 0 ? id : `${id}-${choice}`} className="font-normal">
            {choice}
          </FieldLabel>
        </div>
      ))}
    </div>
  )
}

/** What stands between backticks in a dock's words is meant to the letter. */
function WithCode({ text }: { text: string }) {
  const [before, code, ...after] = text.split("`")
  if (code === undefined) return before
  return (
    <>
      {before}
      <code className="font-mono text-[0.9em]">{code}</code>
      <WithCode text={after.join("`")} />
    </>
  )
}

/** The field's own words, and how to type it where it is more than a line. */
function helpOf({ help, kind, limits }: Control): string | null {
  const how = {
    list: "One on each line.",
    pairs: "NAME=value on each line, or JSON.",
    json: "As JSON.",
    number:
      limits.min === undefined && limits.max === undefined
        ? null
        : `${rangeWords(limits).replace(/^a/, "A")}.`,
  }
  const typing = kind in how ? how[kind as keyof typeof how] : null
  return (
    [help && typing && !/[.!?]$/.test(help) ? `${help}.` : help, typing].filter(Boolean).join(" ") || null
  )
}
