import { useSyncExternalStore } from "react"
import { store, stored } from "./stored.ts"

export type Theme = "system" | "light" | "dark"
export const themes: readonly Theme[] = ["system", "light", "dark"]

const KEY = "stackdock.theme"
const DARK = "(prefers-color-scheme: dark)"
const listeners = new Set<() => void>()
let chosen: Theme | undefined

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme)
}

export function chooseTheme(theme: Theme): void {
  chosen = theme
  store(KEY, theme)
  for (const listener of listeners) listener()
}

/** Keeps the document in the chosen theme until the returned function is called: here, in other tabs, and as the system's changes. */
export function followTheme(): () => void {
  const system = matchMedia(DARK)
  const unsubscribe = subscribe(applyTheme)
  system.addEventListener("change", applyTheme)
  applyTheme()
  return () => {
    unsubscribe()
    system.removeEventListener("change", applyTheme)
  }
}

/** Called before anything is drawn, what was chosen once needs not be seen to come. */
export function applyTheme(): void {
  const theme = currentTheme()
  const isDark = theme === "dark" || (theme === "system" && matchMedia(DARK).matches)
  document.documentElement.classList.toggle("dark", isDark)
  document.documentElement.classList.toggle("light", !isDark)
}

function currentTheme(): Theme {
  chosen ??= known(stored(KEY))
  return chosen
}

function known(word: string | null): Theme {
  return themes.find((theme) => theme === word) ?? "system"
}

function subscribe(listener: () => void): () => void {
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key !== KEY) return
    chosen = known(newValue)
    listener()
  }
  listeners.add(listener)
  addEventListener("storage", onStorage)
  return () => {
    listeners.delete(listener)
    removeEventListener("storage", onStorage)
  }
}
