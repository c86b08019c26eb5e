import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from "react"
import { useShortcuts } from "./shortcuts.ts"

// Nobody needs them for the first page.
const Palette = lazy(() => import("./palette.tsx"))
const Help = lazy(() => import("./help.tsx"))

export type Overlay = "palette" | "help"

interface Overlays {
  open(overlay: Overlay): void
}

const OverlaysContext = createContext<Overlays | undefined>(undefined)

/** What comes before every page: the palette, and what the keyboard can do. */
export function OverlaysProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Overlay>()
  // Stays once it was there, so that closing it can be seen.
  const [used, setUsed] = useState<readonly Overlay[]>([])
  const overlays = useMemo<Overlays>(
    () => ({
      open(overlay) {
        setUsed((before) => (before.includes(overlay) ? before : [...before, overlay]))
        setShown(overlay)
      },
    }),
    [],
  )
  useShortcuts(overlays.open)
  const close = (isOpen: boolean) => !isOpen && setShown(undefined)

  return (
    <OverlaysContext value={overlays}>
      {children}
      <Suspense>
        {used.includes("palette") && <Palette isOpen={shown === "palette"} onOpenChange={close} />}
        {used.includes("help") && <Help isOpen={shown === "help"} onOpenChange={close} />}
      </Suspense>
    </OverlaysContext>
  )
}

export function useOverlays(): Overlays {
  const overlays = useContext(OverlaysContext)
  if (!overlays) throw new Error("This needs an <OverlaysProvider> around it.")
  return overlays
}
