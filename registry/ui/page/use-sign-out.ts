import { useAct, useData } from "../data/hooks.tsx"
import { told } from "../feedback/toast.ts"

/** Undefined where nobody signs in. Afterwards the page is loaded anew, unless there is something else to do. */
export function useSignOut(onSignedOut: () => void = () => location.reload()): (() => void) | undefined {
  const { abilities } = useData()
  const signOut = useAct("signOut")
  if (!abilities.signsOut) return undefined
  return () =>
    signOut.mutate(
      {},
      { onSuccess: onSignedOut, onError: (error) => told.failed(error, "Could not sign out") },
    )
}
