import { type FormEvent, useId, useState } from "react"
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog"
import { Button } from "@/components/ui/button"
import { Input } from "@/components/ui/input"
import { Label } from "@/components/ui/label"
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group"
import type { Answer, Choice, Confirmation } from "./confirm.tsx"

export default function ConfirmDialog({
  question,
  isOpen,
  onAnswer,
}: {
  question: Confirmation
  isOpen: boolean
  onAnswer: (answer: Answer) => void
}) {
  const { title, description, confirmLabel, isDestructive = false, typed, choice } = question
  const [text, setText] = useState("")
  const [chosen, setChosen] = useState(choice?.initial ?? choice?.options[0]?.value)
  const isReady = typed === undefined || text.trim() === typed

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isReady) onAnswer(chosen ?? true)
  }

  return (
    <AlertDialog open={isOpen} onOpenChange={(open) => !open && onAnswer(false)}>
      <AlertDialogContent {...(description ? {} : { "aria-describedby": undefined })}>
        <form onSubmit={submit} className="grid gap-4">
          <AlertDialogHeader>
            <AlertDialogTitle>{title}</AlertDialogTitle>
            {description && (
              <AlertDialogDescription asChild>
                <div>{description}</div>
              </AlertDialogDescription>
            )}
          </AlertDialogHeader>
          {choice && <Choose choice={choice} chosen={chosen} onChoose={setChosen} />}
          {typed !== undefined && <TypeToConfirm typed={typed} text={text} onText={setText} />}
          <AlertDialogFooter>
            <AlertDialogCancel type="button">Cancel</AlertDialogCancel>
            <Button type="submit" variant={isDestructive ? "destructive" : "default"} disabled={!isReady}>
              {confirmLabel}
            </Button>
          </AlertDialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  )
}

function Choose({
  choice,
  chosen,
  onChoose,
}: {
  choice: Choice
  chosen: string | undefined
  onChoose: (value: string) => void
}) {
  const id = useId()
  return (
    <RadioGroup aria-label={choice.label} value={chosen ?? ""} onValueChange={onChoose} className="gap-2">
      {choice.options.map(({ value, label, description }) => (
        <Label
          key={value}
          htmlFor={`${id}-${value}`}
          className="cursor-pointer items-start gap-3 rounded-md border p-3 leading-snug has-data-[state=checked]:border-primary"
        >
          <RadioGroupItem id={`${id}-${value}`} value={value} className="mt-0.5" />
          <span>
            <span className="block">{label}</span>
            {description && <span className="block font-normal text-muted-foreground">{description}</span>}
          </span>
        </Label>
      ))}
    </RadioGroup>
  )
}

function TypeToConfirm({
  typed,
  text,
  onText,
}: {
  typed: string
  text: string
  onText: (text: string) => void
}) {
  const id = useId()
  return (
    <div className="grid gap-2">
      <Label htmlFor={id} className="block font-normal leading-snug">
        Type <span className="select-all break-all font-medium">{typed}</span> to confirm
      </Label>
      <Input
        id={id}
        value={text}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => onText(event.target.value)}
      />
    </div>
  )
}
