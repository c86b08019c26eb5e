import { useState } from "react"
import { Button } from "@/components/ui/button"
import { AccountForm } from "./account-form.tsx"
import type { Accounts } from "./accounts.ts"
import { Message } from "./message.tsx"

/** Has a link sent, by which another password can be chosen. */
export function ForgottenPassword({ accounts, onBack }: { accounts: Accounts; onBack: () => void }) {
  const [asked, setAsked] = useState<string>()
  if (asked !== undefined) {
    return (
      <Message
        title="Look at your mail"
        text={`If there is an account for ${asked}, a link is on its way there. It works for an hour.`}
        action="Back to signing in"
        onAction={onBack}
      />
    )
  }
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h1 className="font-semibold text-lg">Forgotten password</h1>
        <p className="mt-1 text-muted-foreground text-sm">A link is sent to you, to choose another.</p>
      </div>
      <AccountForm
        asks={["email"]}
        submitLabel="Send the link"
        onSubmit={async ({ email }) => {
          await accounts.forgot(email)
          setAsked(email)
        }}
      />
      <Button variant="link" className="h-auto self-start p-0" onClick={onBack}>
        Back to signing in
      </Button>
    </div>
  )
}

/** Where that link leads. */
export function NewPassword({
  accounts,
  token,
  onDone,
}: {
  accounts: Accounts
  token: string
  onDone: () => void
}) {
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h1 className="font-semibold text-lg">Choose another password</h1>
        <p className="mt-1 text-muted-foreground text-sm">
          Whoever is signed in with the old one is signed out.
        </p>
      </div>
      <AccountForm
        asks={["password"]}
        isNew
        submitLabel="Change the password"
        onSubmit={async ({ password }) => {
          await accounts.replacePassword(token, password)
          onDone()
        }}
      />
    </div>
  )
}
