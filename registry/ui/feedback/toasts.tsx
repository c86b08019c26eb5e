import { lazy, Suspense, useEffect, useSyncExternalStore } from "react"

let isWanted = false
const listeners = new Set<() => void>()
let tellThere = () => {}
const isThere = new Promise<void>((resolve) => {
  tellThere = resolve
})

/** Nobody is told anything before they have done something, so what shows it is loaded with the first toast. */
const Toaster = lazy(async () => ({ default: (await import("@/components/ui/sonner")).Toaster }))

/** Where toasts appear. */
export function Toasts() {
  const isShown = useSyncExternalStore(subscribe, () => isWanted)
  return (
    <Suspense>
      {isShown && (
        <>
          <Toaster position="bottom-right" />
          <There />
        </>
      )}
    </Suspense>
  )
}

/** Its effect comes after those of what stands before it: from then on, no toast is lost. */
function There() {
  useEffect(() => tellThere(), [])
  return null
}

/** Waits until a toast can be seen. Where no `<Toasts>` is on the page, that is never. */
export async function toastsThere(): Promise<void> {
  isWanted = true
  for (const listener of listeners) listener()
  await isThere
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
