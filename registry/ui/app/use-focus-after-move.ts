import { useRouterState } from "@tanstack/react-router"
import { type RefObject, useEffect, useRef } from "react"

/** Another page begins at its beginning, for whoever reads with the keyboard or a screen reader too. */
export function useFocusAfterMove(main: RefObject<HTMLElement | null>): void {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current !== undefined && before.current !== path) main.current?.focus({ preventScroll: true })
    before.current = path
  }, [path, main])
}
