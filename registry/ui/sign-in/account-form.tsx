import { type FormEvent, useEffect, useId, useRef, useState } from "react"
import { Button } from "@/components/ui/button"
import { Field, FieldDescription, FieldError, FieldGroup, FieldLabel } from "@/components/ui/field"
import { Input } from "@/components/ui/input"
import { Spinner } from "@/components/ui/spinner"

/** As the server asks it of a new one. */
const SHORTEST_PASSWORD = 10

type Asked = "name" | "email" | "password"

export interface AccountFormProps {
  asks: readonly Asked[]
  /** The password is a new one. */
  isNew?: boolean
  /** Of an invitation, which is for this address alone. */
  email?: string | undefined
  submitLabel: string
  onSubmit(given: { name: string; email: string; password: string }): Promise<void>
}

/** What is asked of an account, as browsers and their password managers know it. */
export function AccountForm({ asks, isNew = false, email: fixed, submitLabel, onSubmit }: AccountFormProps) {
  const id = useId()
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<string>()
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const text = (name: string) => String(given.get(name) ?? "").trim()
    setSending(true)
    setProblem(undefined)
    try {
      // A space at either end of a password is part of it.
      const password = String(given.get("password") ?? "")
      await onSubmit({ name: text("name"), email: fixed ?? text("email"), password })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setSending(false)
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <FieldGroup>
        {problem && <FieldError>{problem}</FieldError>}
        {asks.includes("name") && (
          <Field>
            <FieldLabel htmlFor={`${id}-name`}>Name</FieldLabel>
            <Input
              id={`${id}-name`}
              name="name"
              ref={asks[0] === "name" ? first : undefined}
              required
              maxLength={100}
              autoComplete="name"
            />
          </Field>
        )}
        {asks.includes("email") && (
          <Field>
            <FieldLabel htmlFor={`${id}-email`}>E-mail address</FieldLabel>
            <Input
              id={`${id}-email`}
              name="email"
              ref={asks[0] === "email" ? first : undefined}
              type="email"
              required
              readOnly={fixed !== undefined}
              defaultValue={fixed}
              autoComplete="username"
            />
          </Field>
        )}
        {asks.includes("password") && (
          <Field>
            <FieldLabel htmlFor={`${id}-password`}>Password</FieldLabel>
            <Input
              id={`${id}-password`}
              name="password"
              ref={asks[0] === "password" ? first : undefined}
              type="password"
              required
              minLength={isNew ? SHORTEST_PASSWORD : undefined}
              maxLength={128}
              aria-describedby={isNew ? `${id}-rule` : undefined}
              autoComplete={isNew ? "new-password" : "current-password"}
            />
            {isNew && (
              <FieldDescription id={`${id}-rule`}>{SHORTEST_PASSWORD} characters or more.</FieldDescription>
            )}
          </Field>
        )}
        <Button type="submit" disabled={isSending}>
          {isSending && <Spinner aria-hidden />}
          {submitLabel}
        </Button>
      </FieldGroup>
    </form>
  )
}
