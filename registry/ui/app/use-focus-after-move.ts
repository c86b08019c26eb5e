import { useRouterState } from "@tanstack/react-router"
import { useEffect, useRef } from "react"

/** Where each page begins. */
export const CONTENT = "content"

/** Another page begins at its beginning, for whoever reads with the keyboard or a screen reader too. */
export function useFocusAfterMove(): void {
  const path = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname })
  const before = useRef(path)
  useEffect(() => {
    if (before.current !== undefined && before.current !== path) focusContent()
    before.current = path
  }, [path])
}

/**
 * What lay over the page gives the keyboard back to where it was opened, unless it has led to another page: then it is
 * there.
 */
export function useFocusAfterClose(isOpen: boolean): (event: Event) => void {
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const openedAt = useRef(path)
  const now = useRef(path)
  useEffect(() => {
    now.current = path
  }, [path])
  useEffect(() => {
    if (isOpen) openedAt.current = now.current
  }, [isOpen])
  return (event) => {
    if (openedAt.current === now.current) return
    event.preventDefault()
    focusContent()
  }
}

function focusContent(): void {
  document.getElementById(CONTENT)?.focus({ preventScroll: true })
}
