import { useAct, useData } from "../data/hooks.tsx"
import { told } from "../feedback/toast.ts"
import { useOptions } from "./options.tsx"

/** Undefined where nobody signs in. */
export function useSignOut(): (() => void) | undefined {
  const { abilities } = useData()
  const { onSignOut = () => location.reload() } = useOptions()
  const signOut = useAct("signOut")
  if (!abilities.signsOut) return undefined
  return () =>
    signOut.mutate({}, { onSuccess: onSignOut, onError: (error) => told.failed(error, "Could not sign out") })
}
