import { useEffect, useEffectEvent, useMemo, useState } from "react"
import { Spinner } from "@/components/ui/spinner"
import { type Accounts, type Choices, createAccounts, type Invitation, SignInError } from "./accounts.ts"
import { NewPassword } from "./forgotten-password.tsx"
import { carriedHere, forgetLink } from "./link.ts"
import { Message } from "./message.tsx"
import { SignInForms } from "./sign-in-forms.tsx"

/** Instead of the pages while nobody is signed in: with an account, with a new one, or by an invitation. */
export function SignIn({
  api,
  onSignedIn = () => location.reload(),
}: {
  api?: string
  onSignedIn?: () => void
}) {
  const accounts = useMemo(() => createAccounts(api), [api])
  const [state, setState] = useState<State>()
  const go = (next: State | "in") => (next === "in" ? onSignedIn() : setState(next))
  const begun = useEffectEvent(go)
  useEffect(() => {
    let isShown = true
    void beginOnce(accounts, api).then((next) => isShown && begun(next))
    return () => {
      isShown = false
    }
  }, [accounts, api])

  function begunAnew() {
    forgetLink()
    setState(undefined)
    void beginOnce(accounts, api).then(go)
  }

  return (
    <main className="grid min-h-dvh place-content-center bg-muted/40 p-4">
      <div className="w-[min(24rem,calc(100vw-2rem))] rounded-lg border bg-background p-6">
        {state === undefined && <Spinner className="mx-auto size-5 text-muted-foreground" />}
        {state && "problem" in state && (
          <Message
            title="Could not begin to sign in"
            text={state.problem}
            action="Try again"
            onAction={() => location.reload()}
          />
        )}
        {state && "reset" in state && (
          <NewPassword accounts={accounts} token={state.reset} onDone={begunAnew} />
        )}
        {state && "choices" in state && (
          <SignInForms accounts={accounts} {...state} onSignedIn={onSignedIn} />
        )}
      </div>
    </main>
  )
}

/** Where an invitation's link leads, this page comes first, also for somebody who is signed in already. */
export function isInvited(): boolean {
  return carriedHere("invitation") !== undefined
}

type State =
  | { reset: string }
  | { choices: Choices; invitation: Invitation | undefined; notice: string | undefined }
  | { problem: string }

const underWay = new Map<string | undefined, Promise<State | "in">>()

/** While React works strictly, an effect runs twice; an invitation can be accepted once. */
function beginOnce(accounts: Accounts, api: string | undefined): Promise<State | "in"> {
  const begun = underWay.get(api) ?? begin(accounts).finally(() => underWay.delete(api))
  underWay.set(api, begun)
  return begun
}

async function begin(accounts: Accounts): Promise<State | "in"> {
  try {
    const reset = carriedHere("reset")
    if (reset !== undefined) return { reset }
    const id = carriedHere("invitation")
    if (id !== undefined && (await isAccepted(accounts, id))) return "in"
    const choices = await accounts.choices()
    if (id === undefined) return { choices, invitation: undefined, notice: cameBackInVain() }
    try {
      return { choices, invitation: await accounts.invitation(id), notice: undefined }
    } catch (error) {
      if (!(error instanceof SignInError) || error.status !== 404) throw error
      forgetLink()
      return { choices, invitation: undefined, notice: error.message }
    }
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }
}

/** The sign-in elsewhere says so in the address. Why is its own word, and nothing that helps. */
function cameBackInVain(): string | undefined {
  if (!new URLSearchParams(location.search).has("error")) return undefined
  history.replaceState(null, "", location.pathname)
  return "You could not be signed in with that account. Unless its e-mail address was invited, there is none for it here."
}

/** By somebody who is signed in already, or has just come back from where they signed in. */
async function isAccepted(accounts: Accounts, id: string): Promise<boolean> {
  try {
    await accounts.accept(id)
    forgetLink()
    return true
  } catch (error) {
    // Not signed in, or as somebody else: the forms tell.
    if (error instanceof SignInError && error.status !== 0) return false
    throw error
  }
}
