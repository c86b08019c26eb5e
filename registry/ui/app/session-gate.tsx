import { KeyRoundIcon, UsersIcon } from "lucide-react"
import type { ReactNode } from "react"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import { useRead } from "../data/hooks.tsx"
import type { DataError } from "../data/port.ts"
import { useSignOut } from "../page/use-sign-out.ts"
import { EmptyState } from "../states/empty.tsx"
import { ErrorState } from "../states/error.tsx"
import { useFailure } from "./failure.ts"
import { useOptions } from "./options.tsx"

/** Nothing of the app is drawn before it is known who is here, and nothing stays once nobody is. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { signIn } = useOptions()
  const session = useRead("session", {})
  const signedOut = useFailure("unauthenticated")

  if (signedOut) return signIn ?? <SignedOut why={signedOut} />
  if (session.data) return children
  if (session.error?.code === "no_organization") return <OfNoOrganization why={session.error} />
  if (session.error) {
    return (
      <Centred>
        <ErrorState error={session.error} what="the dashboard" onRetry={() => void session.refetch()} />
      </Centred>
    )
  }
  return (
    <Centred>
      <Spinner className="mx-auto size-5 text-muted-foreground" />
    </Centred>
  )
}

/** Signed in, and a member of nothing: whoever has another account has to get out of this one. */
function OfNoOrganization({ why }: { why: DataError }) {
  const signOut = useSignOut(useOptions().onSignOut)
  return (
    <Centred>
      <EmptyState
        icon={UsersIcon}
        title="You belong to no organisation"
        description={why.suggestion ?? why.message}
        action={
          <div className="flex gap-2">
            <Button variant="outline" size="sm" onClick={() => location.reload()}>
              Try again
            </Button>
            {signOut && (
              <Button variant="outline" size="sm" onClick={signOut}>
                Sign out
              </Button>
            )}
          </div>
        }
      />
    </Centred>
  )
}

function SignedOut({ why }: { why: DataError }) {
  return (
    <Centred>
      <EmptyState
        icon={KeyRoundIcon}
        title="You are signed out"
        description={
          <>
            <span className="block">{why.message}</span>
            {why.suggestion && <span className="mt-1 block">{why.suggestion}</span>}
          </>
        }
        action={
          <Button variant="outline" size="sm" onClick={() => location.reload()}>
            Try again
          </Button>
        }
      />
    </Centred>
  )
}

function Centred({ children }: { children: ReactNode }) {
  return <main className="grid min-h-dvh place-content-center p-4">{children}</main>
}
