import { createContext, type ReactNode, useContext, useState } from "react"
import { useProgress } from "../data/hooks.tsx"
import type { Shown } from "../data/port.ts"
import { ShownOnce } from "../feedback/shown-once.tsx"

type Show = (shows: readonly Shown[]) => void

const ShowContext = createContext<Show | undefined>(undefined)

/**
 * Shows what a provider tells only once, whatever page is there by then: whoever asked may have gone on to another, and
 * there is no second time.
 */
export function ShownSecrets({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([])
  // The same may come twice: as it is made, and with the answer.
  const show: Show = (shows) =>
    setShown((before) => {
      const fresh = shows.filter(
        ({ title, value }) => !before.some((one) => one.title === title && one.value === value),
      )
      return fresh.length > 0 ? [...before, ...fresh] : before
    })
  useProgress((progress) => {
    if (progress.of === "provisioning" && progress.event.type === "shown") show(progress.event.shows)
  })
  return (
    <ShowContext value={show}>
      {children}
      <ShownOnce shows={shown} onClose={() => setShown([])} />
    </ShowContext>
  )
}

/** For what an answer brings. */
export function useShowOnce(): Show {
  const show = useContext(ShowContext)
  if (!show) throw new Error("This needs a <ShownSecrets> around it.")
  return show
}
