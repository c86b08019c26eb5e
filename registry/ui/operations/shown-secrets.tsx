import { createContext, type ReactNode, useContext, useRef, useState } from "react"
import { useProgress } from "../data/hooks.tsx"
import type { Shown } from "../data/port.ts"
import { ShownOnce } from "../feedback/shown-once.tsx"

/** `of` is the work that it came from: the same secret of the same work is shown once, however often it is told. */
type Show = (of: string, shows: readonly Shown[]) => void

const ShowContext = createContext<Show | undefined>(undefined)

/**
 * Shows what a provider tells only once, whatever page is there by then: whoever asked may have gone on to another, and
 * there is no second time.
 */
export function ShownSecrets({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([])
  const seen = useRef(new Set<number>())

  // It may come several times: as it is made, with the answer, and with every look at the work for some minutes.
  const show: Show = (of, shows) => {
    const fresh = shows.filter(({ title, value }) => {
      const mark = fingerprint(JSON.stringify([of, title, value]))
      if (seen.current.has(mark)) return false
      seen.current.add(mark)
      return true
    })
    if (fresh.length > 0) setShown((before) => [...before, ...fresh])
  }

  useProgress((progress) => {
    if (progress.of !== "provisioning" || progress.event.type !== "shown") return
    show(progress.event.id, progress.event.shows)
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

/** What was shown is known again by this, and not kept itself. FNV-1a, over UTF-16. */
function fingerprint(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}
