import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from "react"
import { useNavigation } from "../data/navigation.tsx"
import { store, stored } from "../page/stored.ts"
import type { Overlay } from "./overlays.tsx"
import { allItems } from "./sections.ts"

/** How long after `g` a letter counts as belonging to it. */
const SEQUENCE_MS = 1200

/** As it is written on the keyboard at hand. */
export const commandKey = /mac|iphone|ipad/i.test(navigator.userAgent) ? "⌘" : "Ctrl"

/** Listens for the keys that work everywhere: ⌘K or Ctrl+K, and, unless they were switched off, `?` and `g` with a letter. */
export function useShortcuts(open: (overlay: Overlay) => void): void {
  const { go } = useNavigation()
  const pressedG = useRef(Number.NEGATIVE_INFINITY)

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const key = event.key.toLowerCase()
    if (key === "k" && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      open("palette")
      return
    }
    if (event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return
    if (!hasSingleKeys() || isTyping(event.target) || isSomethingOpen()) return
    if (key === "?") {
      event.preventDefault()
      open("help")
      return
    }
    const isSecond = event.timeStamp - pressedG.current < SEQUENCE_MS
    pressedG.current = key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY
    const item = isSecond ? allItems.find((one) => one.key === key) : undefined
    if (!item) return
    event.preventDefault()
    go(item.to)
  })

  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    addEventListener("keydown", listener)
    return () => removeEventListener("keydown", listener)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches("input, textarea, select, [role=combobox]")
}

function isSomethingOpen(): boolean {
  return document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]") !== null
}

const KEY = "stackdock.single-keys"
const listeners = new Set<() => void>()

/** Single keys can be switched off: whoever speaks to the computer says letters without meaning keys. */
export function hasSingleKeys(): boolean {
  return stored(KEY) !== "off"
}

export function setSingleKeys(on: boolean): void {
  store(KEY, on ? "on" : "off")
  for (const listener of listeners) listener()
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, hasSingleKeys)
}
