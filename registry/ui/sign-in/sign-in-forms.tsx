import { useState } from "react"
import { Alert, AlertDescription } from "@/components/ui/alert"
import { Button } from "@/components/ui/button"
import { FieldSeparator } from "@/components/ui/field"
import { AccountForm } from "./account-form.tsx"
import type { Accounts, Choices, Invitation } from "./accounts.ts"
import { ForgottenPassword } from "./forgotten-password.tsx"
import { forgetLink } from "./link.ts"

export interface SignInFormsProps {
  accounts: Accounts
  choices: Choices
  invitation: Invitation | undefined
  /** Something that has to be said first. */
  notice: string | undefined
  onSignedIn: () => void
}

export function SignInForms({ accounts, choices, invitation, notice, onSignedIn }: SignInFormsProps) {
  const mayBeNew = choices.isFirst || choices.isOpen || invitation !== undefined
  const [isNew, setNew] = useState(choices.isFirst || invitation !== undefined)
  const [hasForgotten, setForgotten] = useState(false)
  const { title, text } = wordsOf(choices, invitation, isNew)
  if (hasForgotten) return <ForgottenPassword accounts={accounts} onBack={() => setForgotten(false)} />

  async function submit(given: { name: string; email: string; password: string }) {
    if (isNew) await accounts.signUp(given, invitation?.id)
    else await accounts.signIn(given)
    if (invitation) {
      await accounts.accept(invitation.id)
      forgetLink()
    }
    onSignedIn()
  }

  return (
    <div className="flex flex-col gap-5">
      <div>
        <h1 className="font-semibold text-lg">{title}</h1>
        {text && <p className="mt-1 text-muted-foreground text-sm">{text}</p>}
      </div>
      {notice && (
        <Alert>
          <AlertDescription>{notice}</AlertDescription>
        </Alert>
      )}
      {choices.providers.length > 0 && (
        <>
          <Elsewhere accounts={accounts} providers={choices.providers} invitation={invitation} />
          <FieldSeparator>or</FieldSeparator>
        </>
      )}
      <AccountForm
        // Another form: what was typed into one does not stand in the other.
        key={String(isNew)}
        asks={isNew ? ["name", "email", "password"] : ["email", "password"]}
        isNew={isNew}
        email={invitation?.email}
        submitLabel={isNew ? "Create account" : "Sign in"}
        onSubmit={submit}
      />
      {!isNew && choices.resetsPasswords && (
        <Button variant="link" className="h-auto self-start p-0" onClick={() => setForgotten(true)}>
          I have forgotten my password
        </Button>
      )}
      {mayBeNew && !choices.isFirst && (
        <Button variant="link" className="h-auto self-start p-0" onClick={() => setNew(!isNew)}>
          {isNew ? "I have an account" : "Create an account"}
        </Button>
      )}
    </div>
  )
}

function Elsewhere({
  accounts,
  providers,
  invitation,
}: Pick<SignInFormsProps, "accounts" | "invitation"> & Pick<Choices, "providers">) {
  const [problem, setProblem] = useState<string>()
  async function go(provider: string) {
    try {
      const backTo = `${location.origin}/${invitation ? `#invitation=${encodeURIComponent(invitation.id)}` : ""}`
      location.assign(await accounts.elsewhere(provider, backTo))
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <div className="flex flex-col gap-2">
      {providers.map(({ id, title }) => (
        <Button key={id} variant="outline" onClick={() => void go(id)}>
          Continue with {title}
        </Button>
      ))}
      {problem && (
        <p role="alert" className="text-destructive text-sm">
          {problem}
        </p>
      )}
    </div>
  )
}

function wordsOf({ isFirst }: Choices, invitation: Invitation | undefined, isNew: boolean) {
  if (invitation) {
    const role = `You were invited as ${invitation.role}.`
    return {
      title: `Join ${invitation.organization}`,
      text: isNew ? `${role} Create an account to accept.` : `${role} Sign in to accept.`,
    }
  }
  if (isFirst) {
    return {
      title: "Create the first account",
      text: "Nobody is here yet. This account owns the organisation, and invites everybody else.",
    }
  }
  return isNew ? { title: "Create an account", text: undefined } : { title: "Sign in", text: undefined }
}
