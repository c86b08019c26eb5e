import { CloudOffIcon } from "lucide-react"
import { useSyncExternalStore } from "react"
import { useFailure } from "./failure.ts"

/** While nothing new can come. What is on the screen stays. */
export function ConnectionNotice() {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine)
  const isUnanswered = useFailure("offline") !== undefined
  const notice = !isOnline
    ? "You are offline. What you see is from before."
    : isUnanswered
      ? "The server does not answer. What you see may be from before."
      : undefined
  return (
    <div role="status">
      {notice && (
        <p className="flex items-center gap-2 border-b bg-muted px-4 py-1.5 text-sm sm:px-6">
          <CloudOffIcon aria-hidden className="size-4 shrink-0 text-warning" />
          {notice}
        </p>
      )}
    </div>
  )
}

function subscribe(listener: () => void): () => void {
  addEventListener("online", listener)
  addEventListener("offline", listener)
  return () => {
    removeEventListener("online", listener)
    removeEventListener("offline", listener)
  }
}
